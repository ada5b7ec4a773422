package io.sluice.operation;

import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * One S3 operation: parse, ask the store, answer. Stateless and thread-safe; knows neither servlets
 * nor the XML mapper; errors are thrown as {@link io.sluice.error.S3Exception}.
 */
public interface OperationHandler {
  /** The row that it serves. */
  S3Operation operation();

  /** What the store must be able to do; without it the answer is 501. */
  default Set<Capability> requires() {
    return Set.of();
  }

  /**
   * Handles a request.
   *
   * @throws IOException when the store or the client's connection fails
   */
  S3Response handle(S3Request request) throws IOException;
}
