package io.sluice.operation;

import io.sluice.auth.Identity;
import io.sluice.error.S3Exception;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import java.io.IOException;

/**
 * Decides who may do what. It is asked once for every request before its operation begins, and
 * again by operations that touch more than their target: per key, per source. Thread-safe.
 */
@FunctionalInterface
public interface Authorizer {
  /** Lets everything pass: for operations that are tested without identities. */
  Authorizer NONE = (identity, operation, target, request) -> {};

  /**
   * Returns when the request may go on.
   *
   * @param identity who asks
   * @param operation what they want to do
   * @param target what they want to do it to; not always the request's own
   * @param request the request, for headers, query and origin; of its body no more is read than a
   *     small document that a policy asks about
   * @throws io.sluice.error.S3Exception AccessDenied; NoSuchBucket
   * @throws IOException when the store fails
   */
  void authorize(Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException;

  /**
   * What somebody is told instead of an error of their operation: that something is missing, only
   * those who may list.
   *
   * @param error what the operation threw
   * @throws IOException when the store fails
   */
  default S3Exception told(S3Exception error, S3Operation operation, S3Request request)
      throws IOException {
    return error;
  }
}
