package io.sluice.operation;

import io.sluice.error.S3ErrorCode;
import io.sluice.protocol.S3Headers;

/** Whether a copy takes something over or is given it. */
public enum Directive {
  COPY,
  REPLACE;

  /**
   * The directive in a header; COPY when it is absent.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for another value
   */
  public static Directive of(S3Headers headers, String name) {
    String value = headers.nonBlank(name).orElse("COPY");
    return switch (value) {
      case "COPY" -> COPY;
      case "REPLACE" -> REPLACE;
      default ->
          throw S3ErrorCode.INVALID_ARGUMENT
              .exception("Unknown " + name + ".")
              .with("ArgumentName", name)
              .with("ArgumentValue", value);
    };
  }
}
