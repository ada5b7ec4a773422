package io.sluice.model;

import io.sluice.error.S3ErrorCode;

/**
 * An object's key: 1 to 1,024 bytes of UTF-8, any character but NUL, kept exactly as sent and
 * ordered by its UTF-8 bytes. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Object
 *     keys</a>
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  /** AWS: object key naming. */
  public static final int MAX_BYTES = 1024;

  /**
   * Validates.
   *
   * @throws io.sluice.error.S3Exception KeyTooLongError above 1,024 bytes; InvalidURI for a NUL or
   *     a lone surrogate; InvalidArgument when empty
   */
  public ObjectKey {
    if (value.isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception("The key is empty.");
    }
    int bytes = utf8Length(value);
    if (bytes > MAX_BYTES) {
      throw S3ErrorCode.KEY_TOO_LONG
          .exception()
          .with("Size", bytes)
          .with("MaxSizeAllowed", MAX_BYTES);
    }
  }

  private static int utf8Length(String value) {
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0) {
        throw S3ErrorCode.INVALID_URI.exception("A key cannot hold a NUL.");
      }
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw S3ErrorCode.INVALID_URI.exception("The key is not valid UTF-8.");
      }
    }
    return bytes;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return Utf8Order.INSTANCE.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
