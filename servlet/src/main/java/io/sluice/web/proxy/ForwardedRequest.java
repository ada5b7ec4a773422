package io.sluice.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request as it was before a proxy passed it on. Confined to the request's thread. */
final class ForwardedRequest extends HttpServletRequestWrapper {
  private final String client;
  private final String scheme;

  ForwardedRequest(HttpServletRequest request, String client, String scheme) {
    super(request);
    this.client = client;
    this.scheme = scheme;
  }

  @Override
  public String getRemoteAddr() {
    return client;
  }

  @Override
  public String getRemoteHost() {
    return client;
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public boolean isSecure() {
    return scheme.equals("https");
  }
}
