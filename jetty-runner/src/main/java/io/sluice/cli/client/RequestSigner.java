package io.sluice.cli.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with Signature Version 4 in their headers, their bodies included. Stateless: it
 * spares the short commands the time that an SDK takes to start.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">
 *     Authenticating requests</a>
 */
final class RequestSigner {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private RequestSigner() {}

  /** The headers that make a request the profile's. */
  static Map<String, String> sign(
      Profile profile, String method, URI uri, byte[] body, Instant now) {
    String time = TIME.format(now);
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", uri.getRawAuthority());
    headers.put("x-amz-date", time);
    headers.put("x-amz-content-sha256", HexFormat.of().formatHex(sha256(body)));
    if (profile.sessionToken() != null) {
      headers.put("x-amz-security-token", profile.sessionToken());
    }
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n').append(uri.getRawPath()).append('\n');
    canonical.append(query(uri)).append('\n');
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    canonical.append('\n').append(names).append('\n').append(headers.get("x-amz-content-sha256"));
    String scope = time.substring(0, 8) + "/" + profile.region() + "/s3/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + HexFormat.of().formatHex(sha256(bytes(canonical.toString())));
    byte[] key = bytes("AWS4" + profile.secretKey());
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + profile.accessKey()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + HexFormat.of().formatHex(hmac(key, toSign)));
    headers.remove("host");
    return headers;
  }

  /** The parameters in the order of their names, as {@link ApiPath} encodes them. */
  private static String query(URI uri) {
    String raw = uri.getRawQuery();
    if (raw == null) {
      return "";
    }
    String[] parameters = raw.split("&", -1);
    java.util.Arrays.sort(parameters);
    return String.join("&", parameters);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
