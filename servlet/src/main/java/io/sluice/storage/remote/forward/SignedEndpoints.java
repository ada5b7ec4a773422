package io.sluice.storage.remote.forward;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.storage.forward.SignedRequest.Style;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where signed requests are sent: the hosts for which their senders signed them, by the settings
 * alone. Of a request nothing but the bucket's valid name ever gets into a host, in front of a dot
 * that the settings have. Immutable.
 *
 * @param path where buckets stand in the path
 * @param virtualHosted where they stand in the host, with {@code {bucket}} in their place; null
 *     when they cannot
 * @param usual the style of a request that names none
 * @param region the region that signatures have to be for
 * @param keys access keys whose requests, signed in headers, are meant for the remote
 */
public record SignedEndpoints(
    URI path, @Nullable String virtualHosted, Style usual, String region, Set<String> keys) {
  private static final String BUCKET = "{bucket}";
  private static final String REGION = "{region}";
  private static final String PATH_SETTING = "signed.path-endpoint";
  private static final String VIRTUAL_SETTING = "signed.virtual-endpoint";

  /** Where a request goes: the endpoint, and the path that names the bucket there, or none. */
  record Destination(URI endpoint, String bucketPath) {}

  /**
   * Parses.
   *
   * @param settings the provider's settings, without a prefix
   * @param endpoint where the provider is; null for AWS's own of the region
   * @param pathStyle whether buckets usually stand in the path there
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static SignedEndpoints of(
      Map<String, String> settings, @Nullable URI endpoint, String region, boolean pathStyle) {
    String path =
        given(
            settings,
            PATH_SETTING,
            endpoint == null ? "https://s3.{region}.amazonaws.com" : endpoint.toString());
    String virtual = given(settings, VIRTUAL_SETTING, usualVirtualHosted(endpoint));
    virtual = virtual.replace(REGION, region);
    if (!virtual.isEmpty() && !virtual.matches("https?://\\{bucket}\\.[^/{}]+(/[^{}]*)?")) {
      throw new IllegalArgumentException(
          VIRTUAL_SETTING + " = " + virtual + ": not like https://{bucket}.s3.example.com");
    }
    if (!virtual.isEmpty()) {
      uri(VIRTUAL_SETTING, virtual.replace(BUCKET, "bucket"));
    }
    return new SignedEndpoints(
        uri(PATH_SETTING, path.replace(REGION, region)),
        virtual.isEmpty() ? null : virtual,
        pathStyle ? Style.PATH : Style.VIRTUAL_HOSTED,
        region,
        Arrays.stream(settings.getOrDefault("signed.access-keys", "").split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String given(Map<String, String> settings, String name, String otherwise) {
    String value = settings.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  /** No label goes in front of an address that is all numbers. */
  private static String usualVirtualHosted(@Nullable URI endpoint) {
    if (endpoint == null) {
      return "https://{bucket}.s3.{region}.amazonaws.com";
    }
    String host = endpoint.getHost();
    boolean address = host.startsWith("[") || host.matches("[0-9.]+");
    return address ? "" : endpoint.toString().replaceFirst("://", "://{bucket}.");
  }

  private static URI uri(String name, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " = " + text + ": not a URL", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(name + " = " + text + ": not an http or https URL");
    }
    return uri;
  }

  /**
   * Where a request about a bucket goes.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest when there are no hosts for buckets
   */
  Destination of(BucketName bucket, @Nullable Style style) {
    if ((style == null ? usual : style) == Style.PATH) {
      return new Destination(path, "/" + bucket);
    }
    if (virtualHosted == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The bucket's provider has no hosts that name buckets; sign for its path style.");
    }
    return new Destination(URI.create(virtualHosted.replace(BUCKET, bucket.value())), "");
  }
}
