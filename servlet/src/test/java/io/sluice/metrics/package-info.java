/** Tests of what the gateway tells of itself. */
@NullMarked
package io.sluice.metrics;

import org.jspecify.annotations.NullMarked;
