package io.sluice.cli.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A gateway, and who is talking to it. Immutable; its text has no secret.
 *
 * @param endpoint where S3 is, such as {@code http://127.0.0.1:8080/s3}
 * @param accessKey the access key id; null asks anonymously
 * @param secretKey its secret
 * @param sessionToken token of temporary credentials
 * @param region the region that signatures name
 */
public record Profile(
    URI endpoint,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Nullable String sessionToken,
    String region) {
  private static final String S3 = "/s3";

  /** Where the administrators' interface is. */
  public URI admin() {
    String text = endpoint.toString().replaceFirst("/+$", "");
    String root = text.endsWith(S3) ? text.substring(0, text.length() - S3.length()) : text;
    return URI.create(root + "/-/admin/v1");
  }

  /** Whether requests are signed. */
  public boolean signs() {
    return accessKey != null && secretKey != null;
  }

  @Override
  public String toString() {
    return (accessKey == null ? "anonymous" : accessKey) + " at " + endpoint;
  }
}
