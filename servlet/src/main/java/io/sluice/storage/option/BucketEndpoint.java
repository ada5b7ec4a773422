package io.sluice.storage.option;

import io.sluice.error.S3ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a provider's bucket is asked for, when it is elsewhere than the provider's others. As a
 * document, the bucket setting {@link #SETTING}, it is lines {@code name=value}; what is absent is
 * the provider's. Immutable.
 *
 * @param values by the names {@code endpoint} (a URL), {@code cloud_region} and {@code profile} (of
 *     the AWS configuration files)
 */
public record BucketEndpoint(Map<String, String> values) {
  /** The bucket setting that holds the document. */
  public static final String SETTING = "endpoint";

  private static final String ENDPOINT = "endpoint";
  private static final String REGION = "cloud_region";
  private static final String PROFILE = "profile";

  /** All names. */
  public static final List<String> NAMES = List.of(ENDPOINT, REGION, PROFILE);

  /** Copies the values. */
  public BucketEndpoint {
    values = Map.copyOf(values);
  }

  /**
   * Checks values.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for an unknown name, or a value that is
   *     none
   */
  public static BucketEndpoint of(Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          boolean good =
              switch (name) {
                case ENDPOINT -> isUrl(value);
                case REGION -> value.matches("[a-z0-9-]{1,32}");
                case PROFILE -> value.matches("[\\w.@+-]{1,128}");
                default -> false;
              };
          if (!good) {
            throw S3ErrorCode.INVALID_ARGUMENT
                .exception("The endpoint of a bucket has no such value.")
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
          }
        });
    return new BucketEndpoint(values);
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = new URI(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Reads a document.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for anything else
   */
  public static BucketEndpoint parse(byte[] document) {
    Map<String, String> values = new TreeMap<>();
    for (String line : new String(document, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (!line.isEmpty()) {
        values.put(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
      }
    }
    return of(values);
  }

  /** The document. */
  public byte[] document() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(values).forEach((name, value) -> lines.append(name + "=" + value + "\n"));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it says nothing. */
  public boolean isNone() {
    return values.isEmpty();
  }

  /** The provider's settings that are others: {@code endpoint}, {@code region}, {@code profile}. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(values);
    String region = settings.remove(REGION);
    if (region != null) {
      settings.put("region", region);
    }
    return settings;
  }
}
