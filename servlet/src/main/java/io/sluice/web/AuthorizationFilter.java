package io.sluice.web;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets administrators do everything and accounts what they like in their own buckets; everything
 * else is refused. Thread-safe.
 */
final class AuthorizationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient BucketStore buckets;

  AuthorizationFilter(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = Exchange.of(request);
    Identity identity = exchange.authenticated().get().identity();
    if (identity.isAnonymous()) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
    if (identity.role() != Identity.Role.ADMIN) {
      checkOwner(exchange, identity);
      checkSourceOwner(request.getHeader(CopySource.HEADER), identity);
    }
    chain.doFilter(request, response);
  }

  private void checkOwner(Exchange exchange, Identity identity) throws IOException {
    S3Target target = exchange.target().get();
    if (exchange.operation().get() == S3Operation.CREATE_BUCKET) {
      return;
    }
    if (target instanceof S3Target.BucketTarget bucket) {
      checkOwner(bucket.bucket(), identity);
    } else if (target instanceof S3Target.ObjectTarget object) {
      checkOwner(object.bucket(), identity);
    }
  }

  private void checkSourceOwner(@Nullable String copySource, Identity identity) throws IOException {
    if (copySource == null) {
      return;
    }
    checkOwner(CopySource.parse(copySource).bucket(), identity);
  }

  private void checkOwner(BucketName bucket, Identity identity) throws IOException {
    if (!buckets.head(bucket).ownerId().equals(identity.canonicalId())) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
  }
}
