/** What the gateway tells of itself to Prometheus. Micrometer is used here alone. */
@NullMarked
package io.sluice.metrics;

import org.jspecify.annotations.NullMarked;
