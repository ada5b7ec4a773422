package io.sluice.storage.option;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bucket of a provider that a bucket here stands for. As a document, the bucket setting {@link
 * #SETTING}, it is {@code provider://bucket}, or {@code provider://bucket/prefix/} for the objects
 * whose keys begin so; a bucket without the setting stands for itself. Immutable.
 *
 * @param provider the provider's name
 * @param bucket the bucket's name there
 * @param prefix what all keys there begin with, up to a slash; empty for all objects of the bucket
 */
public record BackendBucket(String provider, BucketName bucket, String prefix) {
  /** A bucket with all of its objects. */
  public BackendBucket(String provider, BucketName bucket) {
    this(provider, bucket, "");
  }

  /** The bucket setting that holds the document. */
  public static final String SETTING = "backend-bck";

  private static final Pattern DOCUMENT =
      Pattern.compile("([a-z0-9][a-z0-9-]*)://([^/]+)(?:/((?:.*/)?))?");

  /**
   * Reads a document.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for anything else; InvalidBucketName
   */
  public static BackendBucket parse(byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8).strip();
    Matcher matcher = DOCUMENT.matcher(text);
    if (!matcher.matches()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "The bucket of a provider is written provider://bucket, or provider://bucket/prefix/"
                  + " with a slash at its end.")
          .with("ArgumentName", "backend_bck")
          .with("ArgumentValue", text);
    }
    String prefix = matcher.group(3);
    if (prefix != null && !prefix.isEmpty()) {
      new ObjectKey(prefix + "a"); // which a prefix must leave room for
    }
    return new BackendBucket(
        matcher.group(1), new BucketName(matcher.group(2)), prefix == null ? "" : prefix);
  }

  /** The document. */
  public byte[] document() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return provider + "://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
