package io.sluice.xml;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3Exception;
import java.util.Map;

/**
 * An error as the client gets it. Immutable.
 *
 * @param code wire code
 * @param message message, never empty: some clients cannot bear one
 * @param details further elements in order
 * @param resource raw path of the request
 * @param requestId the request's id
 * @param hostId the id behind {@code x-amz-id-2}
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
@JsonRootName("Error")
@JsonPropertyOrder({"Code", "Message", "details", "Resource", "RequestId", "HostId"})
public record ErrorDocument(
    String code,
    String message,
    @JsonAnyGetter @JsonProperty("details") Map<String, String> details,
    String resource,
    String requestId,
    String hostId) {
  /** The document of an exception. */
  public static ErrorDocument of(S3Exception e, String resource, String requestId, String hostId) {
    return new ErrorDocument(
        e.code().wireCode(), e.message(), e.details(), resource, requestId, hostId);
  }
}
