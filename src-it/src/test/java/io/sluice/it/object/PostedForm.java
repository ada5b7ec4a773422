package io.sluice.it.object;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A form as a browser posts it, signed as its page was. Mutable; confined to one test. */
final class PostedForm {
  static final String BOUNDARY = "----WebKitFormBoundaryZzZ";

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Gateway gateway;
  private final String bucket;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private Instant expiration = Instant.now().plus(Duration.ofMinutes(5));
  private byte[] file = "content".getBytes(StandardCharsets.UTF_8);

  private PostedForm(Gateway gateway, String bucket) {
    this.gateway = gateway;
    this.bucket = bucket;
    conditions.add("{\"bucket\":\"%s\"}".formatted(bucket));
  }

  /** A form for a key. */
  static PostedForm of(Gateway gateway, String bucket, String key) {
    return new PostedForm(gateway, bucket).field("key", key);
  }

  /** Adds a field that no condition is about. */
  PostedForm field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** Adds a field, and the condition that it is what it is. */
  PostedForm covered(String name, String value) {
    conditions.add("{\"%s\":\"%s\"}".formatted(name, value));
    return field(name, value);
  }

  /** Adds a condition as JSON, with single quotes. */
  PostedForm condition(String json) {
    conditions.add(json.replace('\'', '"'));
    return this;
  }

  PostedForm expires(Instant instant) {
    expiration = instant;
    return this;
  }

  PostedForm file(byte[] bytes) {
    file = bytes.clone();
    return this;
  }

  private String policy() {
    String json =
        "{\"expiration\":\"%s\",\"conditions\":[%s]}"
            .formatted(
                DateTimeFormatter.ISO_INSTANT.format(expiration), String.join(",", conditions));
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs with Version 4, whose own fields get their conditions. */
  PostedForm signV4(Account account) {
    String date = AMZ_DATE.format(Instant.now());
    String scope = date.substring(0, 8) + "/" + Gateway.REGION + "/s3/aws4_request";
    covered("x-amz-algorithm", "AWS4-HMAC-SHA256");
    covered("x-amz-credential", account.accessKey() + "/" + scope);
    covered("x-amz-date", date);
    byte[] key = ("AWS4" + account.secretKey()).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = Hashes.hmac("HmacSHA256", key, part);
    }
    field("policy", policy());
    return field(
        "x-amz-signature",
        HexFormat.of().formatHex(Hashes.hmac("HmacSHA256", key, fields.get("policy"))));
  }

  /** Signs with Version 2. */
  PostedForm signV2(Account account) {
    byte[] key = account.secretKey().getBytes(StandardCharsets.UTF_8);
    field("AWSAccessKeyId", account.accessKey());
    field("policy", policy());
    return field(
        "signature",
        Base64.getEncoder().encodeToString(Hashes.hmac("HmacSHA1", key, fields.get("policy"))));
  }

  /** Everything in front of the file's bytes. */
  byte[] beforeFile() {
    String parts =
        fields.entrySet().stream()
            .map(
                field ->
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(BOUNDARY, field.getKey(), field.getValue()))
            .collect(Collectors.joining());
    return (parts
            + "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\up\\photo.jpg\""
            + "\r\nContent-Type: image/jpeg\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Everything behind the file's bytes. */
  static byte[] behindFile() {
    return ("\r\n--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nUpload\r\n--"
            + BOUNDARY
            + "--\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(beforeFile());
    body.writeBytes(file);
    body.writeBytes(behindFile());
    return body.toByteArray();
  }

  RawRequest request() {
    return RawRequest.of(gateway, "POST", "/" + bucket)
        .header("content-type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  RawResponse post() throws IOException {
    return request().body(body()).sendAnonymously();
  }

  /** The head of a request without a body of known length. */
  String head(String framing) {
    return ("POST %s/%s HTTP/1.1\r\nHost: %s\r\nContent-Type: multipart/form-data; boundary=%s\r\n"
            + "Connection: close\r\n%s\r\n\r\n")
        .formatted(gateway.prefix(), bucket, gateway.authority(), BOUNDARY, framing);
  }

  /** Posts chunks of the container's kind; the last one only when the body is to end. */
  RawResponse postChunked(boolean ending) throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    byte[] body = body();
    for (int from = 0; from < body.length; from += 1000) {
      int length = Math.min(1000, body.length - from);
      chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      chunks.write(body, from, length);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    if (ending) {
      chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    String head = head("Transfer-Encoding: chunked");
    return ending
        ? RawHttp.send(gateway.endpoint(), head, chunks.toByteArray())
        : RawHttp.sendAndShut(gateway.endpoint(), head, chunks.toByteArray());
  }
}
