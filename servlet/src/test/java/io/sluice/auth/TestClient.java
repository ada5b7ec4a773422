package io.sluice.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs as a client does, by AWS's documentation and with nothing of the code under test. The
 * published examples, which need no client, prove that both read the documentation rightly.
 */
final class TestClient {
  static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  static final String HOST = "gateway.test:8080";
  static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");
  private static final DateTimeFormatter ISO_BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String date;
  private final String region;

  TestClient() {
    this(NOW, "us-east-1");
  }

  TestClient(Instant at, String region) {
    this.date = ISO_BASIC.format(at);
    this.region = region;
  }

  /** Signs path, host and query as they stand. */
  TestRequest sign(TestRequest request) {
    String host = request.header("host");
    return sign(request, request.rawPath(), host == null ? HOST : host);
  }

  /** Signs another path and host than are sent; the query must be canonical as it stands. */
  TestRequest sign(TestRequest request, String path, String host) {
    TestRequest dated = request.with("x-amz-date", date);
    if (dated.header("host") == null) {
      dated = dated.with("Host", HOST);
    }
    if (dated.header("x-amz-content-sha256") == null) {
      dated = dated.with("x-amz-content-sha256", hex(sha256(request.bytes())));
    }
    String names =
        dated.headerNames().stream()
            .filter(
                name ->
                    name.startsWith("x-amz-") || name.startsWith("content-") || name.equals("host"))
            .sorted()
            .collect(Collectors.joining(";"));
    StringBuilder canonical = new StringBuilder();
    canonical.append(request.method()).append('\n').append(path).append('\n');
    canonical.append(request.rawQuery() == null ? "" : request.rawQuery()).append('\n');
    for (String name : names.split(";")) {
      String value = name.equals("host") ? host : String.join(",", dated.headers(name));
      canonical.append(name).append(':').append(value.strip()).append('\n');
    }
    canonical.append('\n').append(names).append('\n').append(dated.header("x-amz-content-sha256"));
    String text = hex(sha256(canonical.toString().getBytes(StandardCharsets.ISO_8859_1)));
    String signature = sign("AWS4-HMAC-SHA256\n" + date + "\n" + scope() + "\n" + text);
    return dated.with(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + ACCESS_KEY
            + "/"
            + scope()
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature);
  }

  private String scope() {
    return date.substring(0, 8) + "/" + region + "/s3/aws4_request";
  }

  /** A presigned URL's request, for this host alone. */
  TestRequest presign(String method, String path, long expiresSeconds) {
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + (ACCESS_KEY + "/" + scope()).replace("/", "%2F")
            + "&X-Amz-Date="
            + date
            + "&X-Amz-Expires="
            + expiresSeconds
            + "&X-Amz-SignedHeaders=host";
    String canonical =
        method + "\n" + path + "\n" + query + "\nhost:" + HOST + "\n\nhost\nUNSIGNED-PAYLOAD";
    String text = hex(sha256(canonical.getBytes(StandardCharsets.ISO_8859_1)));
    String signature = sign("AWS4-HMAC-SHA256\n" + date + "\n" + scope() + "\n" + text);
    return TestRequest.of(method, path + "?" + query + "&X-Amz-Signature=" + signature)
        .with("Host", HOST);
  }

  /** A signed request with a body of signed chunks, and a trailer when there is one. */
  TestRequest signedChunks(List<byte[]> chunks, @Nullable String trailer) {
    String form = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (trailer == null ? "" : "-TRAILER");
    TestRequest request = sign(chunkedHead(form, chunks, trailer));
    String authorization = request.header("authorization");
    String previous = authorization.substring(authorization.lastIndexOf('=') + 1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i <= chunks.size(); i++) {
      byte[] chunk = i < chunks.size() ? chunks.get(i) : new byte[0];
      previous =
          sign(
              "AWS4-HMAC-SHA256-PAYLOAD\n"
                  + date
                  + "\n"
                  + scope()
                  + "\n"
                  + previous
                  + "\n"
                  + hex(sha256(new byte[0]))
                  + "\n"
                  + hex(sha256(chunk)));
      append(body, Integer.toHexString(chunk.length) + ";chunk-signature=" + previous + "\r\n");
      body.writeBytes(chunk);
      if (i < chunks.size()) {
        append(body, "\r\n");
      }
    }
    if (trailer != null) {
      String signature =
          sign(
              "AWS4-HMAC-SHA256-TRAILER\n"
                  + date
                  + "\n"
                  + scope()
                  + "\n"
                  + previous
                  + "\n"
                  + hex(sha256((trailer + "\n").getBytes(StandardCharsets.ISO_8859_1))));
      append(body, trailer + "\r\nx-amz-trailer-signature:" + signature + "\r\n");
    }
    append(body, "\r\n");
    return request.body(body.toByteArray());
  }

  /** A signed request with a body of unsigned chunks and a trailer. */
  TestRequest unsignedChunks(List<byte[]> chunks, String trailer) {
    TestRequest request = sign(chunkedHead("STREAMING-UNSIGNED-PAYLOAD-TRAILER", chunks, trailer));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk : chunks) {
      append(body, Integer.toHexString(chunk.length) + "\r\n");
      body.writeBytes(chunk);
      append(body, "\r\n");
    }
    append(body, "0\r\n" + trailer + "\r\n\r\n");
    return request.body(body.toByteArray());
  }

  private static TestRequest chunkedHead(
      String form, List<byte[]> chunks, @Nullable String trailer) {
    int length = chunks.stream().mapToInt(chunk -> chunk.length).sum();
    TestRequest request =
        TestRequest.of("PUT", "/bucket/key")
            .with("x-amz-content-sha256", form)
            .with("x-amz-decoded-content-length", Integer.toString(length));
    return trailer == null
        ? request
        : request.with("x-amz-trailer", trailer.substring(0, trailer.indexOf(':')));
  }

  private static void append(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String sign(String stringToSign) {
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String step : Arrays.asList(scope().split("/"))) {
      key = hmac(key, step);
    }
    return hex(hmac(key, stringToSign));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
