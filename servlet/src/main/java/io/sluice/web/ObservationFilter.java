package io.sluice.web;

import io.sluice.auth.Authenticated;
import io.sluice.metrics.GatewayMetrics;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.tracing.RequestTrace;
import io.sluice.tracing.RequestTraces;
import io.sluice.web.logging.AccessLog;
import io.sluice.web.logging.AccessRecords;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One timer and one access line for each request. Thread-safe. */
final class ObservationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger ACCESS = LoggerFactory.getLogger("io.sluice.access");

  private static final String MDC_KEY = "traceId";

  private final transient GatewayMetrics metrics;
  private final transient RequestTraces traces;
  private final transient @Nullable AccessLog accessLog;

  ObservationFilter(GatewayMetrics metrics, Optional<AccessLog> accessLog, RequestTraces traces) {
    this.metrics = metrics;
    this.traces = traces;
    this.accessLog = accessLog.filter(AccessLog::enabled).orElse(null);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long startedAtNanos = System.nanoTime();
    metrics.begun();
    RequestTrace trace = traces.begin(request.getMethod(), request::getHeader);
    if (!trace.traceId().isEmpty()) {
      MDC.put(MDC_KEY, trace.traceId());
    }
    try {
      chain.doFilter(request, response);
    } finally {
      Exchange exchange = Exchange.of(request);
      Duration duration = Duration.ofNanos(System.nanoTime() - startedAtNanos);
      String operation = exchange.operation().peek().map(S3Operation::wireName).orElse("-");
      String errorCode = exchange.errorCode().peek().orElse(null);
      // The path alone: a query may carry a signature. It is raw, so it cannot break the line.
      ACCESS.info(
          "{} {} {} {} {} {} {} {}us",
          exchange.requestId(),
          request.getRemoteAddr(),
          exchange
              .authenticated()
              .peek()
              .map(a -> a.identity().accessKeyId())
              .filter(id -> !id.isEmpty())
              .orElse("-"),
          operation,
          request.getMethod() + " " + request.getRequestURI(),
          response.getStatus(),
          errorCode == null ? "-" : errorCode,
          duration.toNanos() / 1000);
      if (accessLog != null) {
        log(accessLog, exchange, duration, request, response);
      }
      exchange.body().peek().ifPresent(body -> metrics.received(body.bytes()));
      metrics.sent(exchange.sentBytes());
      metrics.ended(
          new GatewayMetrics.Ended(
              operation,
              response.getStatus(),
              errorCode == null ? "" : errorCode,
              duration.toNanos()));
      trace.end(
          new RequestTrace.Ended(operation, response.getStatus(), errorCode, exchange.requestId()));
      MDC.remove(MDC_KEY);
    }
  }

  /** Leaves a record for the access log of the request's bucket. */
  private static void log(
      AccessLog accessLog,
      Exchange exchange,
      Duration duration,
      HttpServletRequest request,
      HttpServletResponse response) {
    S3Target target = exchange.target().peek().orElse(null);
    if (target == null || target instanceof S3Target.ServiceTarget) {
      return;
    }
    accessLog.add(
        AccessRecords.of(
            new AccessRecords.Ended(
                target,
                exchange.operation().peek().orElse(null),
                exchange.authenticated().peek().map(Authenticated::identity).orElse(null),
                exchange.requestId(),
                exchange.hostId(),
                exchange.errorCode().peek().orElse(null),
                exchange.sentBytes(),
                duration),
            request,
            response));
  }
}
