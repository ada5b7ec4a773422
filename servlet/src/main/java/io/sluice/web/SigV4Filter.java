package io.sluice.web;

import io.sluice.auth.Authenticated;
import io.sluice.auth.Authenticator;
import io.sluice.operation.forward.PassThrough;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Finds out who sends a request: header, presigned URL, or nobody. The body stays unread, so that a
 * refusal costs no upload; what reads it later verifies it. What is signed for the S3 that a bucket
 * lives in is not for this gateway to verify. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">AWS
 *     Signature Version 4</a>
 */
public final class SigV4Filter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Authenticator authenticator;
  private final transient PassThrough passThrough;

  /** A filter over an authenticator, and what is for another to authenticate. */
  public SigV4Filter(Authenticator authenticator, PassThrough passThrough) {
    this.authenticator = authenticator;
    this.passThrough = passThrough;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = Exchange.of(request);
    ServletSignableRequest signed = ServletSignableRequest.of(request, exchange);
    Authenticator.Claim claim =
        passThrough
            .claim(
                signed, exchange.query().get(), exchange.target().get(), exchange.operation().get())
            .orElse(null);
    exchange
        .authenticated()
        .set(
            claim == null
                ? authenticator.authenticate(signed)
                : authenticator
                    .authenticateOwn(signed, claim)
                    .orElseGet(() -> elsewhere(exchange, claim, signed)));
    chain.doFilter(request, response);
  }

  private static Authenticated elsewhere(
      Exchange exchange, Authenticator.Claim claim, ServletSignableRequest signed) {
    exchange.elsewhere().set(claim);
    return Authenticated.elsewhere(claim, signed);
  }
}
