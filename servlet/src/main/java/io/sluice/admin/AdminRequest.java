package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request of an administrator. Confined to one request.
 *
 * @param method the HTTP method
 * @param path the decoded segments behind {@code /-/admin/v1}
 * @param body the body as it came
 * @param administrator canonical id of the account that asks
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
record AdminRequest(String method, List<String> path, byte[] body, String administrator) {
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
