package io.sluice.web;

import io.sluice.auth.Authenticated;
import io.sluice.error.S3Exception;
import io.sluice.operation.Authorizer;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.Origin;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.uri.QueryString;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request that operations see, and asks whether it may go on; a form's handler asks
 * itself, for whoever signed the form. Thread-safe.
 */
final class AuthorizationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final String SECURE_PROTOCOL = "jakarta.servlet.request.secure_protocol";

  private final transient Authorizer authorizer;
  private final transient Authorizer elsewhere;

  /**
   * A filter.
   *
   * @param elsewhere what is asked about requests that another S3 authenticates and authorizes
   */
  AuthorizationFilter(Authorizer authorizer, Authorizer elsewhere) {
    this.authorizer = authorizer;
    this.elsewhere = elsewhere;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = Exchange.of(request);
    S3Request s3Request = s3Request(exchange, request);
    S3Operation operation = exchange.operation().get();
    Authorizer asked = exchange.elsewhere().peek().isPresent() ? elsewhere : authorizer;
    if (!operation.signedInBody()) {
      asked.authorize(s3Request.identity(), operation, s3Request.target(), s3Request);
    }
    exchange.request().set(s3Request);
    try {
      chain.doFilter(request, response);
    } catch (S3Exception e) {
      throw asked.told(e, exchange.operation().get(), s3Request);
    }
  }

  /**
   * Asks whether somebody may do what an operation of S3 does, for a request that is none of S3's.
   */
  static void require(
      Authorizer authorizer,
      HttpServletRequest request,
      Authenticated authenticated,
      S3Operation operation,
      S3Target target)
      throws IOException {
    S3Request asked =
        new S3Request(
            request.getMethod(),
            target,
            QueryString.EMPTY,
            Exchange.of(request).headers(),
            authenticated.identity(),
            Exchange.of(request).requestId(),
            origin(request),
            authenticated.body(InputStream::nullInputStream));
    authorizer.authorize(authenticated.identity(), operation, target, asked);
  }

  /** Containers of Servlet 6.1 and later tell it, as {@code TLSv1.3}. */
  private static @Nullable String tlsVersion(HttpServletRequest request) {
    return request.getAttribute(SECURE_PROTOCOL) instanceof String protocol
            && protocol.startsWith("TLSv")
        ? protocol.substring("TLSv".length())
        : null;
  }

  /** Where a request comes from. */
  static Origin origin(HttpServletRequest request) {
    return new Origin(
        request.getRemoteAddr(), request.isSecure(), tlsVersion(request), url(request));
  }

  private static String url(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host == null ? "" : request.getScheme() + "://" + host + request.getRequestURI();
  }

  private static S3Request s3Request(Exchange exchange, HttpServletRequest request) {
    Authenticated authenticated = exchange.authenticated().get();
    return new S3Request(
        request.getMethod(),
        exchange.target().get(),
        exchange.query().get(),
        exchange.headers().withHoisted(exchange.query().get()),
        authenticated.identity(),
        exchange.requestId(),
        origin(request),
        authenticated.body(
            () -> {
              ConnectionStream body = new ConnectionStream(request.getInputStream());
              exchange.body().set(body);
              return body;
            }));
  }
}
