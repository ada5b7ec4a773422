package io.sluice.it.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request that the test signs itself (AWS Signature Version 4), so that every byte of it can be
 * wrong on purpose. Mutable; confined to one test.
 */
public final class RawRequest {
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Gateway gateway;
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, String> headers = new TreeMap<>();
  private Account account = Account.TESTER;
  private Instant signedAt = Instant.now();
  private String payloadHash = "UNSIGNED-PAYLOAD";
  private byte[] body = new byte[0];

  private RawRequest(Gateway gateway, String method, String path, String query) {
    this.gateway = gateway;
    this.method = method;
    this.path = path;
    this.query = query;
  }

  /**
   * Begins a request.
   *
   * @param target path below the gateway's prefix and query, percent-encoded as S3 signs it
   */
  public static RawRequest of(Gateway gateway, String method, String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new RawRequest(gateway, method, gateway.prefix() + path, query);
  }

  /** Sets a header; signed like all others. */
  public RawRequest header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  /** Who signs. */
  public RawRequest as(Account signer) {
    account = signer;
    return this;
  }

  /** When it is signed, if not now. */
  public RawRequest at(Instant instant) {
    signedAt = instant;
    return this;
  }

  /** The value of x-amz-content-sha256. */
  public RawRequest payloadHash(String value) {
    payloadHash = value;
    return this;
  }

  /** The bytes to send; their length becomes Content-Length unless that is set already. */
  public RawRequest body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** The text to send. */
  public RawRequest body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs, sends and reads the answer. */
  public RawResponse send() throws IOException {
    return RawHttp.send(gateway.endpoint(), signedHead(), body);
  }

  /** Signs, sends, ends the sending direction and reads the answer. */
  public RawResponse sendAndShut() throws IOException {
    return RawHttp.sendAndShut(gateway.endpoint(), signedHead(), body);
  }

  /** Sends without any signature. */
  public RawResponse sendAnonymously() throws IOException {
    return RawHttp.send(gateway.endpoint(), head(), body);
  }

  /** The request line and the headers with the signature, and the empty line after them. */
  public String signedHead() {
    String signature = sign();
    header(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(account.accessKey(), scope(), signedHeaders(), signature));
    return head();
  }

  private String head() {
    headers.putIfAbsent("host", gateway.authority());
    if (!method.equals("GET") && !method.equals("HEAD")) {
      headers.putIfAbsent("content-length", Integer.toString(body.length));
    }
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path);
    head.append(query.isEmpty() ? "" : "?" + query).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("connection: close\r\n\r\n").toString();
  }

  /** The request's signature, which is the seed of its chunks' signatures too. */
  public String sign() {
    headers.putIfAbsent("host", gateway.authority());
    headers.put("x-amz-date", timestamp());
    headers.put("x-amz-content-sha256", payloadHash);
    headers.remove("authorization");
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n').append(path).append('\n');
    canonical.append(canonicalQuery()).append('\n');
    headers.forEach(
        (name, value) -> canonical.append(name).append(':').append(value.trim()).append('\n'));
    canonical.append('\n').append(signedHeaders()).append('\n').append(payloadHash);
    return signature(
        "AWS4-HMAC-SHA256\n%s\n%s\n%s"
            .formatted(timestamp(), scope(), Hashes.sha256(canonical.toString())));
  }

  /** Signs a chunk that follows the one with the previous signature. */
  public String signChunk(String previous, byte[] data) {
    return signature(
        "AWS4-HMAC-SHA256-PAYLOAD\n%s\n%s\n%s\n%s\n%s"
            .formatted(timestamp(), scope(), previous, Hashes.sha256(""), Hashes.sha256(data)));
  }

  /** Signs the trailer that follows the last chunk. */
  public String signTrailer(String previous, String trailer) {
    return signature(
        "AWS4-HMAC-SHA256-TRAILER\n%s\n%s\n%s\n%s"
            .formatted(timestamp(), scope(), previous, Hashes.sha256(trailer)));
  }

  private String signature(String stringToSign) {
    byte[] key = ("AWS4" + account.secretKey()).getBytes(StandardCharsets.UTF_8);
    for (String part : scope().split("/")) {
      key = Hashes.hmac("HmacSHA256", key, part);
    }
    return HexFormat.of().formatHex(Hashes.hmac("HmacSHA256", key, stringToSign));
  }

  private String canonicalQuery() {
    List<String> parameters = new ArrayList<>(Arrays.asList(query.split("&")));
    parameters.removeIf(String::isEmpty);
    return parameters.stream()
        .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
        .sorted(Comparator.comparing(parameter -> parameter.replace('=', '\0'))) // name, then value
        .collect(Collectors.joining("&"));
  }

  private String signedHeaders() {
    return headers.keySet().stream()
        .filter(name -> !name.equals("authorization"))
        .collect(Collectors.joining(";"));
  }

  private String timestamp() {
    return AMZ_DATE.format(signedAt);
  }

  private String scope() {
    return timestamp().substring(0, 8) + "/" + Gateway.REGION + "/s3/aws4_request";
  }
}
