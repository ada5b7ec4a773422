package io.sluice.web;

import io.sluice.auth.Authenticator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Finds out who sends a request: header, presigned URL, or nobody. The body stays unread, so that a
 * refusal costs no upload; what reads it later verifies it. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">AWS
 *     Signature Version 4</a>
 */
public final class SigV4Filter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Authenticator authenticator;

  /** A filter over an authenticator. */
  public SigV4Filter(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = Exchange.of(request);
    exchange
        .authenticated()
        .set(authenticator.authenticate(ServletSignableRequest.of(request, exchange)));
    chain.doFilter(request, response);
  }
}
