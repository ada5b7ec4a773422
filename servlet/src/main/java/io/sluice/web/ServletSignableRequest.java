package io.sluice.web;

import io.sluice.auth.SignableRequest;
import io.sluice.protocol.S3Headers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet request as a signature verifier sees it. Immutable. */
record ServletSignableRequest(
    String method, String rawPath, String pathPrefix, @Nullable String rawQuery, S3Headers values)
    implements SignableRequest {
  static ServletSignableRequest of(HttpServletRequest request, String pathPrefix) {
    return new ServletSignableRequest(
        request.getMethod(),
        request.getRequestURI(),
        pathPrefix,
        request.getQueryString(),
        Exchange.headersOf(request));
  }

  @Override
  public List<String> headers(String name) {
    return values.all(name);
  }

  @Override
  public Set<String> headerNames() {
    return values.names();
  }
}
