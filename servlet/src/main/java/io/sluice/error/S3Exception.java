package io.sluice.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An S3 error on its way to the client: a code, a message, ordered detail elements of the error
 * document and response headers. It carries no stack trace below status 500, where it is an answer
 * and not a fault. Confined to one request.
 */
public final class S3Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final S3ErrorCode code;
  private final transient Map<String, String> details = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  S3Exception(S3ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause, true, code.status() >= 500);
    this.code = code;
  }

  /** Adds one element to the error document, after those already there. */
  public S3Exception with(String element, @Nullable Object value) {
    if (value != null) {
      details.put(element, value.toString());
    }
    return this;
  }

  /** Adds one header to the error response, such as {@code x-amz-delete-marker}. */
  public S3Exception withHeader(String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  /** The error code. */
  public S3ErrorCode code() {
    return code;
  }

  /** The HTTP status of the code. */
  public int status() {
    return code.status();
  }

  /** The message, never null: the client gets it in {@code <Message>}. */
  public String message() {
    String message = getMessage();
    return message == null ? code.defaultMessage() : message;
  }

  /** The detail elements in the order in which they were added; unmodifiable. */
  public Map<String, String> details() {
    return Collections.unmodifiableMap(details);
  }

  /** The response headers; unmodifiable. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }
}
