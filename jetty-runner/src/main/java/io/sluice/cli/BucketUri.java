package io.sluice.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket, and perhaps an object in it, as users write them: {@code provider://bucket/object}, or
 * {@code bucket/object} for whatever provider. {@code s3://} means whatever provider as well, since
 * S3's own clients write all buckets so; {@code gs} is another word for {@code gcp}, {@code az} for
 * {@code azure}. Immutable.
 *
 * @param scheme as it was written; null without
 * @param bucket the bucket; empty for all of a provider
 * @param key the object; empty for none
 */
public record BucketUri(@Nullable String scheme, String bucket, String key) {
  private static final Map<String, String> ALIASES =
      Map.of("s3", "aws", "gs", "gcp", "az", "azure", "oc", "oci");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException for a provider that is no word
   */
  public static BucketUri parse(String text) {
    int end = text.indexOf("://");
    String scheme = null;
    String rest = text;
    if (end >= 0) {
      scheme = text.substring(0, end);
      rest = text.substring(end + 3);
    } else if (text.endsWith(":")) {
      scheme = text.substring(0, text.length() - 1);
      rest = "";
    }
    if (scheme != null && !scheme.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException(scheme + ":// names no provider");
    }
    int slash = rest.indexOf('/');
    return new BucketUri(
        scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
        slash < 0 ? rest : rest.substring(0, slash),
        slash < 0 ? "" : rest.substring(slash + 1));
  }

  /**
   * Reads the name of a bucket.
   *
   * @throws IllegalArgumentException when it names none, or an object
   */
  public static BucketUri bucket(String text) {
    BucketUri uri = parse(text);
    if (uri.bucket.isEmpty()) {
      throw new IllegalArgumentException(text + " names no bucket");
    }
    if (!uri.key.isEmpty()) {
      throw new IllegalArgumentException(text + " names an object; a bucket was expected");
    }
    return uri;
  }

  /**
   * Reads the name of an object.
   *
   * @throws IllegalArgumentException when it names none
   */
  public static BucketUri object(String text) {
    BucketUri uri = parse(text);
    if (uri.bucket.isEmpty() || uri.key.isEmpty()) {
      throw new IllegalArgumentException(text + " names no object: BUCKET/OBJECT was expected");
    }
    return uri;
  }

  /** The provider that is meant; null for any. */
  public @Nullable String provider() {
    return scheme == null ? null : ALIASES.getOrDefault(scheme, scheme);
  }

  /** Whether a bucket of a provider may be meant. */
  public boolean matches(String other) {
    return scheme == null
        || scheme.equals("s3")
        || other.equals(scheme)
        || other.equals(provider());
  }

  /** A provider as names begin with it. */
  public static String schemeOf(String provider) {
    for (Map.Entry<String, String> alias : ALIASES.entrySet()) {
      if (alias.getValue().equals(provider)) {
        return alias.getKey();
      }
    }
    return provider;
  }

  /** Whether only buckets of one provider may be meant. */
  public boolean isOfOneProvider() {
    return scheme != null && !scheme.equals("s3");
  }

  /** The same with an object. */
  public BucketUri withKey(String other) {
    return new BucketUri(scheme, bucket, other);
  }

  /** The bucket's name with its provider's, as far as that is known. */
  public String bucketName(String otherwise) {
    return (scheme == null ? otherwise : scheme) + "://" + bucket;
  }
}
