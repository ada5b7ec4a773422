package io.sluice.web;

import io.sluice.metrics.GatewayMetrics;
import io.sluice.operation.S3Operation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer and one access line for each request. Thread-safe. */
final class ObservationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger ACCESS = LoggerFactory.getLogger("io.sluice.access");

  private final transient GatewayMetrics metrics;

  ObservationFilter(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long startedAtNanos = System.nanoTime();
    metrics.begun();
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
      exchange.body().peek().ifPresent(body -> metrics.received(body.bytes()));
      metrics.sent(exchange.sentBytes());
      metrics.ended(
          new GatewayMetrics.Ended(
              operation,
              response.getStatus(),
              errorCode == null ? "" : errorCode,
              duration.toNanos()));
    }
  }
}
