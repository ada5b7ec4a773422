package io.sluice.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;

/** Names the request, for the client, the log and the error document. Thread-safe. */
final class RequestIdFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String MDC_KEY = "requestId";
  private static final int HOST_ID_BYTES = 36;
  private static final String SERVER = "Sluice";

  private final String hostId;

  RequestIdFilter() {
    byte[] bytes = new byte[HOST_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    this.hostId = Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long random = ThreadLocalRandom.current().nextLong();
    String requestId = HexFormat.of().withUpperCase().toHexDigits(random);
    new Exchange(requestId, hostId, request).attachTo(request);
    response.setHeader("Server", SERVER);
    response.setHeader("x-amz-request-id", requestId);
    response.setHeader("x-amz-id-2", hostId);
    MDC.put(MDC_KEY, requestId);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(MDC_KEY);
    }
  }
}
