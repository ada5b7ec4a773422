package io.sluice.web;

import io.sluice.auth.SignableRequest;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Target;
import io.sluice.protocol.TargetParser;
import io.sluice.uri.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet request as a signature verifier sees it. Immutable. */
record ServletSignableRequest(
    String method,
    String rawPath,
    String pathPrefix,
    @Nullable String hostBucket,
    @Nullable String rawQuery,
    QueryString query,
    S3Headers values)
    implements SignableRequest {
  static ServletSignableRequest of(HttpServletRequest request, Exchange exchange) {
    return new ServletSignableRequest(
        request.getMethod(),
        request.getRequestURI(),
        exchange.pathPrefix().get(),
        hostBucket(exchange),
        request.getQueryString(),
        exchange.query().peek().orElseGet(() -> QueryString.parse(request.getQueryString())),
        exchange.headers());
  }

  private static @Nullable String hostBucket(Exchange exchange) {
    if (exchange.style().get() != TargetParser.Style.VIRTUAL_HOSTED) {
      return null;
    }
    S3Target target = exchange.target().get();
    if (target instanceof S3Target.ObjectTarget object) {
      return object.bucket().value();
    }
    return target instanceof S3Target.BucketTarget bucket ? bucket.bucket().value() : null;
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
