package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.uri.PercentCoding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request is about from its raw URI and its {@code Host}, decoding exactly once. The
 * only reader of the path: containers normalise, strip and refuse by settings of their own.
 * Immutable, thread-safe.
 */
public final class TargetParser {
  /**
   * The prefix under which S3 answers beside the root; two characters cannot be a bucket's name.
   */
  public static final String S3_PREFIX = "/s3";

  /** Where everything lives that is not S3; a hyphen cannot be a bucket's name. */
  public static final String OWN_PREFIX = "/-";

  /** How a client names its bucket. */
  public enum Style {
    PATH,
    VIRTUAL_HOSTED
  }

  /** Whether S3 answers at the root too, or under {@link #S3_PREFIX} alone. */
  public enum Root {
    S3,
    CLOSED
  }

  /** Where a request goes. */
  public sealed interface Destination {
    /** The raw prefix in front of what S3 calls the resource: context path and {@code /s3}. */
    String pathPrefix();
  }

  /** To S3. */
  public record ToS3(S3Target target, String pathPrefix, Style style) implements Destination {}

  /** To a page of our own; the path is raw and begins with {@code /-}. */
  public record ToOwn(String rawPath, String pathPrefix) implements Destination {}

  private final List<String> baseDomains;
  private final Root root;
  private final PercentCoding.Plus plus;

  /**
   * A parser.
   *
   * @param baseDomains domains under which {@code bucket.domain} names a bucket, without port
   * @param root whether S3 answers at the root
   * @param plus what a bare plus sign in a path is
   */
  public TargetParser(List<String> baseDomains, Root root, PercentCoding.Plus plus) {
    this.baseDomains =
        baseDomains.stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .sorted((a, b) -> b.length() - a.length())
            .toList();
    this.root = root;
    this.plus = plus;
  }

  /**
   * Parses.
   *
   * @param rawUri the path as it stood in the request line, without the query
   * @param contextPath the web application's context path; empty for the root
   * @param host the {@code Host} header, with a port or without; null when absent
   * @throws io.sluice.error.S3Exception InvalidURI, InvalidBucketName, KeyTooLongError
   */
  public Destination parse(String rawUri, String contextPath, @Nullable String host) {
    String prefix = contextPrefix(rawUri, contextPath);
    String path = rawUri.substring(prefix.length());
    String bucketOfHost = bucketOfHost(host);
    if (bucketOfHost != null) {
      // A bucket of its own name owns its whole path: there "/-/x" and "/s3/x" are keys.
      BucketName bucket = new BucketName(bucketOfHost);
      return new ToS3(inBucket(bucket, decode(path)), prefix, Style.VIRTUAL_HOSTED);
    }
    if (isUnder(path, OWN_PREFIX)) {
      return new ToOwn(path, prefix);
    }
    if (isUnder(path, S3_PREFIX)) {
      prefix += S3_PREFIX;
      path = path.substring(S3_PREFIX.length());
    } else if (root == Root.CLOSED && prefix.isEmpty()) {
      throw S3ErrorCode.INVALID_URI.exception("S3 is served under " + S3_PREFIX + " here.");
    }
    return new ToS3(pathStyle(decode(path)), prefix, Style.PATH);
  }

  /** Whether a host names a bucket. */
  public boolean namesBucket(@Nullable String host) {
    return bucketOfHost(host) != null;
  }

  private static String contextPrefix(String rawUri, String contextPath) {
    if (!rawUri.startsWith("/")) {
      throw S3ErrorCode.INVALID_URI.exception();
    }
    if (contextPath.isEmpty() || isUnder(rawUri, contextPath)) {
      return contextPath;
    }
    // Jetty decodes its context path, and the client may have escaped it: take as many segments.
    int segments = (int) contextPath.chars().filter(c -> c == '/').count();
    int end = 0;
    for (int i = 0; i < segments && end >= 0; i++) {
      end = rawUri.indexOf('/', end + 1);
    }
    String prefix = end < 0 ? rawUri : rawUri.substring(0, end);
    if (!PercentCoding.decode(prefix, PercentCoding.Plus.PLUS).equals(contextPath)) {
      throw S3ErrorCode.INVALID_URI.exception();
    }
    return prefix;
  }

  private static boolean isUnder(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  private String decode(String path) {
    String decoded = PercentCoding.decode(path, plus);
    if (decoded.indexOf('\0') >= 0) {
      throw S3ErrorCode.INVALID_URI.exception();
    }
    return decoded;
  }

  private static S3Target pathStyle(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return new S3Target.ServiceTarget();
    }
    int slash = path.indexOf('/', 1);
    if (slash < 0) {
      return new S3Target.BucketTarget(new BucketName(path.substring(1)));
    }
    return inBucket(new BucketName(path.substring(1, slash)), path.substring(slash));
  }

  private static S3Target inBucket(BucketName bucket, String path) {
    return path.length() <= 1
        ? new S3Target.BucketTarget(bucket)
        : new S3Target.ObjectTarget(bucket, new ObjectKey(path.substring(1)));
  }

  private @Nullable String bucketOfHost(@Nullable String host) {
    if (host == null || host.startsWith("[")) {
      return null;
    }
    int colon = host.indexOf(':');
    String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    for (String domain : baseDomains) {
      if (name.equals(domain)) {
        return null;
      }
      if (name.endsWith("." + domain)) {
        return name.substring(0, name.length() - domain.length() - 1);
      }
    }
    return null;
  }
}
