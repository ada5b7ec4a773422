/** Traces of requests, told by OpenTelemetry's protocol. OpenTelemetry is used here alone. */
@NullMarked
package io.sluice.tracing;

import org.jspecify.annotations.NullMarked;
