package io.sluice.operation;

import io.sluice.error.S3ErrorCode;
import io.sluice.uri.QueryString;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Target;

/** Finds the one operation that a request is. Immutable, thread-safe. */
public final class Router {
  /**
   * The operation of a request.
   *
   * @throws io.sluice.error.S3Exception MethodNotAllowed, InvalidArgument for two sub-resources,
   *     NotImplemented for an unknown parameter of a write
   */
  public S3Operation route(
      String method, S3Target target, QueryString query, S3Headers headers) {
    for (S3Operation operation : S3Operation.values()) {
      if (operation.method().equals(method)
          && operation.target() == target.kind()
          && operation.conditions().stream().allMatch(c -> c.holds(query, headers))) {
        return operation;
      }
    }
    throw S3ErrorCode.METHOD_NOT_ALLOWED.exception();
  }
}
