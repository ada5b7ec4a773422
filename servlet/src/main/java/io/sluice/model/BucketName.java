package io.sluice.model;

import io.sluice.error.S3ErrorCode;
import java.util.regex.Pattern;

/**
 * A general purpose bucket's name: 3 to 63 of {@code a-z 0-9 . -}, no IP address, no reserved
 * prefix or suffix. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Naming
 *     rules</a>
 */
public record BucketName(String value) implements Comparable<BucketName> {
  private static final int MIN_LENGTH = 3;
  private static final int MAX_LENGTH = 63;
  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /**
   * Validates.
   *
   * @throws io.sluice.error.S3Exception InvalidBucketName
   */
  public BucketName {
    if (!isValid(value)) {
      throw S3ErrorCode.INVALID_BUCKET_NAME.exception().with("BucketName", value);
    }
  }

  /** Whether a name follows the naming rules. */
  public static boolean isValid(String value) {
    int length = value.length();
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean inner = i > 0 && i < length - 1 && (c == '-' || c == '.');
      if (!alphanumeric && !inner) {
        return false;
      }
    }
    return !value.contains("..")
        && !value.startsWith("xn--")
        && !value.startsWith("sthree-")
        && !value.startsWith("amzn-s3-demo-")
        && !value.endsWith("-s3alias")
        && !value.endsWith("--ol-s3")
        && !value.endsWith(".mrap")
        && !value.endsWith("--x-s3")
        && !value.endsWith("--table-s3")
        && !IP_ADDRESS.matcher(value).matches();
  }

  @Override
  public int compareTo(BucketName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
