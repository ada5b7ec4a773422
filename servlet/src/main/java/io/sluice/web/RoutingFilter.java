package io.sluice.web;

import io.sluice.admin.AdminServlet;
import io.sluice.metrics.MetricsServlet;
import io.sluice.operation.Router;
import io.sluice.protocol.TargetParser;
import io.sluice.uri.QueryString;
import io.sluice.web.cors.CrossOrigin;
import io.sluice.web.health.EchoServlet;
import io.sluice.web.health.HealthServlet;
import io.sluice.web.health.SelfTestServlet;
import io.sluice.web.sts.SecurityTokenServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Finds target and operation from the raw URI. Containers dispatch on a normalised path, where
 * {@code /bucket/../-/health} would be ours, so nothing else decides where a request goes.
 * Thread-safe.
 */
final class RoutingFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<TargetParser> parser;
  private final transient Router router;
  private final transient CrossOrigin crossOrigin;

  RoutingFilter(Supplier<TargetParser> parser, Router router, CrossOrigin crossOrigin) {
    this.parser = parser;
    this.router = router;
    this.crossOrigin = crossOrigin;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    TargetParser.Destination destination =
        parser
            .get()
            .parse(request.getRequestURI(), request.getContextPath(), request.getHeader("Host"));
    if (destination instanceof TargetParser.ToS3 s3) {
      Exchange exchange = Exchange.of(request);
      exchange.target().set(s3.target());
      exchange.pathPrefix().set(s3.pathPrefix());
      exchange.style().set(s3.style());
      exchange.query().set(QueryString.parse(request.getQueryString()));
      String method = request.getMethod();
      if (method.equals("OPTIONS")) {
        crossOrigin.preflight(s3.target(), request, response);
        return;
      }
      if (SecurityTokenServlet.serves(s3.target(), request)) {
        request
            .getServletContext()
            .getNamedDispatcher(SecurityTokenServlet.class.getName())
            .forward(request, response);
        return;
      }
      crossOrigin.allow(s3.target(), request, response);
      exchange
          .operation()
          .set(router.route(method, s3.target(), exchange.query().get(), exchange.headers()));
      chain.doFilter(request, response);
    } else if (destination instanceof TargetParser.ToOwn own) {
      Exchange exchange = Exchange.of(request);
      exchange.pathPrefix().set(own.pathPrefix());
      exchange.style().set(TargetParser.Style.PATH);
      toOwn(own.rawPath(), request, response);
    }
  }

  private static void toOwn(
      String rawPath, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    RequestDispatcher own = request.getServletContext().getNamedDispatcher(ownServlet(rawPath));
    if (own == null) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      response.setHeader("Content-Length", "0");
      return;
    }
    own.forward(request, response);
  }

  /** The name of the servlet that serves a path of ours; empty for none. */
  private static String ownServlet(String rawPath) {
    if (HealthServlet.serves(rawPath)) {
      return HealthServlet.class.getName();
    }
    if (EchoServlet.serves(rawPath)) {
      return EchoServlet.class.getName();
    }
    if (rawPath.equals(SelfTestServlet.PATH)) {
      return SelfTestServlet.class.getName();
    }
    if (AdminServlet.serves(rawPath)) {
      return AdminServlet.class.getName();
    }
    return rawPath.equals(MetricsServlet.PATH) ? MetricsServlet.class.getName() : "";
  }
}
