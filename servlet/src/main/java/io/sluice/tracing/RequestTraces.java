package io.sluice.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A span for each request, sent to a collector in the background. A request that names a trace
 * belongs to it; whether it is told is decided by the number of the trace alone, so that no client
 * can make the gateway tell more. Thread-safe.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP</a>
 */
public final class RequestTraces implements Closeable {
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration EXPORT = Duration.ofSeconds(10);
  private static final long CLOSE_SECONDS = 5;

  private final @Nullable SdkTracerProvider provider;
  private final @Nullable Tracer tracer;

  private RequestTraces(@Nullable SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider == null ? null : provider.get("io.sluice");
  }

  /**
   * Traces that a collector is told.
   *
   * @param endpoint where it takes traces by HTTP; empty for no traces
   * @param share how many of all traces are told, from 0 to 1
   * @throws IllegalArgumentException for an endpoint that is no address, in one line
   */
  public static RequestTraces of(String endpoint, double share) {
    if (endpoint.isEmpty()) {
      return new RequestTraces(null);
    }
    String scheme = String.valueOf(URI.create(endpoint).getScheme());
    if (!List.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException("must begin with http:// or https://");
    }
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(EXPORT).build();
    AttributeKey<String> service = AttributeKey.stringKey("service.name");
    return new RequestTraces(
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(service, "sluice")))
            .setSampler(Sampler.traceIdRatioBased(share))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).setScheduleDelay(DELAY).build())
            .build());
  }

  /**
   * A request began.
   *
   * @param header tells the value of a header; null when there is none
   */
  public RequestTrace begin(String method, UnaryOperator<@Nullable String> header) {
    Tracer known = tracer;
    if (known == null) {
      return RequestTrace.NONE;
    }
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), header, Headers.GETTER);
    return new RequestTrace(
        known
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", method)
            .startSpan());
  }

  /** Sends what was not sent yet. */
  @Override
  public void close() {
    if (provider != null) {
      provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Reads the headers of a request. */
  private enum Headers implements TextMapGetter<UnaryOperator<@Nullable String>> {
    GETTER;

    @Override
    public @Nullable String get(@Nullable UnaryOperator<@Nullable String> header, String name) {
      return header == null ? null : header.apply(name);
    }
  }
}
