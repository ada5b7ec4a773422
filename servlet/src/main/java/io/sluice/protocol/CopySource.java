package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.PercentCoding.Plus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of {@code x-amz-copy-source}: {@code [/]bucket/key[?versionId=id]}, percent-encoded.
 * Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>
 */
public final class CopySource {
  /** The header. */
  public static final String HEADER = "x-amz-copy-source";

  private static final String VERSION_ID = "?versionId=";

  private CopySource() {}

  /**
   * Parses.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument; NotImplemented for access points
   */
  public static ObjectRef parse(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw invalid("");
    }
    String source = header.strip();
    if (source.startsWith("arn:")) {
      throw S3ErrorCode.NOT_IMPLEMENTED
          .exception("Access points are not implemented.")
          .with("Header", HEADER);
    }
    String versionId = null;
    int version = source.lastIndexOf(VERSION_ID);
    if (version >= 0) {
      versionId = decode(source.substring(version + VERSION_ID.length()));
      source = source.substring(0, version);
      if (versionId.isEmpty()) {
        throw invalid(header);
      }
    }
    String path = decode(source);
    path = path.startsWith("/") ? path.substring(1) : path;
    int slash = path.indexOf('/');
    if (slash < 1 || slash == path.length() - 1) {
      throw invalid(header);
    }
    return new ObjectRef(
        new BucketName(path.substring(0, slash)),
        new ObjectKey(path.substring(slash + 1)),
        versionId);
  }

  /** A header that is not encoded may hold UTF-8 bytes, which arrive as ISO-8859-1 characters. */
  public static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
    return PercentCoding.decode(text, Plus.SPACE);
  }

  private static RuntimeException invalid(String header) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
        .with("ArgumentName", HEADER)
        .with("ArgumentValue", header);
  }
}
