/** Operations on objects. One public class says which handlers there are. */
@NullMarked
package io.sluice.operation.object;

import org.jspecify.annotations.NullMarked;
