package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.uri.QueryString;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to the administrators' interface. Confined to one request.
 *
 * @param method the HTTP method
 * @param path the decoded segments behind {@code /-/admin/v1}
 * @param query its parameters
 * @param body the body as it came
 * @param requester canonical id of the account that asks
 * @param administers whether it is an administrator's
 * @param permission asks whether they may do something, for routes that are open to everybody
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
record AdminRequest(
    String method,
    List<String> path,
    QueryString query,
    byte[] body,
    String requester,
    boolean administers,
    Permission permission) {
  /** Whether whoever asks may do what an operation of S3 does. */
  @FunctionalInterface
  interface Permission {
    /**
     * Returns when they may.
     *
     * @throws io.sluice.error.S3Exception AccessDenied; NoSuchBucket
     */
    void require(S3Operation operation, S3Target target) throws IOException;
  }

  /**
   * The body as a value.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest when it is none of that type
   */
  <T> T read(JsonMapper json, Class<T> type) {
    try {
      return json.readValue(body.length == 0 ? new byte[] {'{', '}'} : body, type);
    } catch (JacksonException e) {
      throw S3ErrorCode.INVALID_REQUEST.exception("The body is not as described.", e);
    }
  }
}
