/** Operations on buckets and listings. One public class says which handlers there are. */
@NullMarked
package io.sluice.operation.bucket;

import org.jspecify.annotations.NullMarked;
