package io.sluice.web.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Believes what trusted proxies say in {@code X-Forwarded-For} and {@code X-Forwarded-Proto}:
 * policies, logs and locations then speak of the client. What others say there is not read. {@code
 * X-Forwarded-Host} is read from nobody: hosts are signed, so proxies leave {@code Host} as it is.
 * Thread-safe.
 */
public final class ForwardedFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient TrustedProxies proxies;

  /** Believes these proxies. */
  public ForwardedFilter(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String peer = request.getRemoteAddr();
    if (!proxies.contains(peer)) {
      chain.doFilter(request, response);
      return;
    }
    String client = proxies.client(peer, values(request, "X-Forwarded-For"));
    chain.doFilter(new ForwardedRequest(request, client, scheme(request)), response);
  }

  /** What the proxy says; with anything but one word of two, the proxy's own. */
  private static String scheme(HttpServletRequest request) {
    List<String> said = values(request, "X-Forwarded-Proto");
    return said.equals(List.of("https")) || said.equals(List.of("http"))
        ? said.get(0)
        : request.getScheme();
  }

  private static List<String> values(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values == null ? List.of() : Collections.list(values);
  }
}
