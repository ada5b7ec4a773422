package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.QueryString;
import org.jspecify.annotations.Nullable;

/** How names are written in listings. */
public enum EncodingType {
  NONE,
  URL;

  /**
   * The encoding that a request asks for.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for any but {@code url}
   */
  public static EncodingType of(QueryString query) {
    String value = query.get("encoding-type");
    if (value == null || value.isEmpty()) {
      return NONE;
    }
    if (value.equals("url")) {
      return URL;
    }
    throw S3ErrorCode.INVALID_ARGUMENT
        .exception("Invalid Encoding Method specified in Request")
        .with("ArgumentName", "encoding-type")
        .with("ArgumentValue", value);
  }

  /** A name as the listing writes it; null stays null. */
  public @Nullable String encode(@Nullable String name) {
    return name == null || this == NONE ? name : PercentCoding.encode(name, "/");
  }

  /** A name as the listing writes it. */
  public String encodeName(String name) {
    return this == NONE ? name : PercentCoding.encode(name, "/");
  }

  /**
   * A name as a client reads it that forgets to decode it, if it can be written so: the same to one
   * that decodes. Botocore forgets the prefix of ListObjects, and of no other listing.
   */
  public String encodeIfNeeded(String name) {
    return name.chars().allMatch(EncodingType::isItself) ? name : encodeName(name);
  }

  /** Whether XML holds a character as it is, and decoding leaves it alone. */
  private static boolean isItself(int c) {
    return c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f && c != '%' && c != '+');
  }

  /** The {@code EncodingType} element; null for none. */
  public @Nullable String element() {
    return this == URL ? "url" : null;
  }
}
