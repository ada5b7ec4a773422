/** Operations on the encryption of buckets. One public class says which handlers there are. */
@NullMarked
package io.sluice.operation.encryption;

import org.jspecify.annotations.NullMarked;
