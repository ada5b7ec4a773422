/** Operations on multipart uploads. One public class says which handlers there are. */
@NullMarked
package io.sluice.operation.multipart;

import org.jspecify.annotations.NullMarked;
