package io.sluice.operation.annotation;

import io.sluice.error.S3ErrorCode;
import io.sluice.protocol.S3Request;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The names of annotations: 1 to 512 bytes of text without control characters. Stateless. */
final class AnnotationName {
  /** AWS: AnnotationNameTooLong. */
  private static final int MAX_BYTES = 512;

  private AnnotationName() {}

  /**
   * The name in a request.
   *
   * @throws io.sluice.error.S3Exception InvalidAnnotationName, AnnotationNameTooLong
   */
  static String of(S3Request request) {
    String name = request.query().get("annotationName");
    if (name == null || name.isEmpty() || hasControls(name)) {
      throw S3ErrorCode.INVALID_ANNOTATION_NAME.exception().with("AnnotationName", name);
    }
    if (tooLong(name)) {
      throw S3ErrorCode.ANNOTATION_NAME_TOO_LONG
          .exception()
          .with("AnnotationName", name)
          .with("MaxSizeAllowed", MAX_BYTES);
    }
    return name;
  }

  /**
   * What the names of a listing begin with.
   *
   * @throws io.sluice.error.S3Exception InvalidPrefix
   */
  static @Nullable String prefix(S3Request request) {
    String prefix = request.query().get("annotation-prefix");
    if (prefix != null && (hasControls(prefix) || tooLong(prefix))) {
      throw S3ErrorCode.INVALID_PREFIX.exception();
    }
    return prefix;
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static boolean tooLong(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }
}
