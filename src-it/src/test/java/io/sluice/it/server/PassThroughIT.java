package io.sluice.it.server;

import static io.sluice.it.harness.GatewayState.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayState;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Requests signed for one server and sent to another, in which its buckets are: by address, with
 * the bucket in the path and in the host.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassThroughIT {
  private static final String BUCKET = "signed";
  private static final String TRUSTING = "trusting";
  private static final String HOSTS = "s3.us-east-1.far.test";
  private static final String STYLE = "ais-s3-signed-request-style";
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** Keys that only the far server knows. */
  private static final Account OWNER =
      new Account("SLUICEITFAROWNER0001", "it/far/owner+secret/00000000000000000001");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Gateway far;
  private Gateway near;
  private S3Client there;
  private S3Presigner byPath;
  private S3Presigner byHost;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    Path behind = Files.createDirectories(temporary.resolve("far"));
    ServerSettings settings = ServerSettings.write(behind);
    Files.writeString(
        settings.credentials(),
        "[owner]\naws_access_key_id = %s\naws_secret_access_key = %s\nrole = admin\n"
            .formatted(OWNER.accessKey(), OWNER.secretKey()));
    Files.writeString(
        settings.config(), Files.readString(settings.config()).replace("s3.localhost", HOSTS));
    far = RunnerServer.start(behind, settings);
    Path hosts = temporary.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 localhost signed." + HOSTS + "\n");
    Path before = Files.createDirectories(temporary.resolve("near"));
    int port = far.endpoint().getPort();
    near =
        RunnerServer.start(
            before,
            ServerSettings.write(
                before,
                provider("far", "endpoint=" + far.endpoint()),
                provider("far", "buckets=" + BUCKET),
                provider("far", "access-key=" + OWNER.accessKey()),
                provider("far", "secret-key=" + OWNER.secretKey()),
                provider("far", "cache.capacity=200MiB"),
                provider("far", "cache.keep-written=true"),
                provider("far", "signed.virtual-endpoint=http://{bucket}." + HOSTS + ":" + port),
                provider("trust", "endpoint=" + far.endpoint()),
                provider("trust", "buckets=" + TRUSTING),
                provider("trust", "access-key=" + OWNER.accessKey()),
                provider("trust", "secret-key=" + OWNER.secretKey()),
                provider("trust", "cache.capacity=200MiB"),
                provider("trust", "signed.trust-cache=true"),
                provider("trust", "signed.access-keys=" + OWNER.accessKey())),
            "-Djdk.net.hosts.file=" + hosts);
    there = SdkClients.sync(far, OWNER);
    there.createBucket(request -> request.bucket(BUCKET));
    there.createBucket(request -> request.bucket(TRUSTING));
    byPath = presigner(far.endpoint(), true);
    byHost = presigner(URI.create("http://" + HOSTS + ":" + port), false);
  }

  private static String provider(String name, String setting) {
    return "provider." + name + "." + setting;
  }

  private static StaticCredentialsProvider owner() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(OWNER.accessKey(), OWNER.secretKey()));
  }

  private static S3Presigner presigner(URI endpoint, boolean pathStyle) {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(Region.of(Gateway.REGION))
        .credentialsProvider(owner())
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build())
        .build();
  }

  @AfterAll
  void stop() {
    there.close();
    byPath.close();
    byHost.close();
    near.close();
    far.close();
  }

  @BeforeEach
  void switchOn() {
    features("S3-Presigned-Request");
  }

  private void features(String names) {
    assertThat(admin("PATCH", "/cluster", "{\"features\":[\"" + names + "\"]}"))
        .contains("\"features\"");
  }

  private String admin(String method, String path, String body) {
    return new GatewayState(near).admin(method, path, body);
  }

  private boolean isHere(String bucket, String key) {
    return new GatewayState(near).isCached(bucket, key);
  }

  /** The address of a request that was signed for the far server, at the near one. */
  private URI atNear(PresignedRequest signed, String bucketOfHost) {
    URI uri = URI.create(signed.url().toString());
    String path =
        bucketOfHost.isEmpty() ? uri.getRawPath() : "/s3/" + bucketOfHost + uri.getRawPath();
    return URI.create(near.root() + path + "?" + uri.getRawQuery());
  }

  private HttpResponse<String> send(String method, URI uri, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI toGet(String bucket, String key) {
    return atNear(
        byPath.presignGetObject(
            r -> r.signatureDuration(LIFE).getObjectRequest(g -> g.bucket(bucket).key(key))),
        "");
  }

  private URI toPut(String key) {
    return atNear(
        byPath.presignPutObject(
            r -> r.signatureDuration(LIFE).putObjectRequest(p -> p.bucket(BUCKET).key(key))),
        "");
  }

  private long farReads(String status) {
    return new GatewayState(far).reads(status);
  }

  @Test
  void whatIsPutIsThereAndIsReadOnce() throws Exception {
    HttpResponse<String> put = send("PUT", toPut("a b/ü+%.txt"), "testing 1 2 3");
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.headers().firstValue("ETag")).isPresent();
    assertThat(there.getObjectAsBytes(r -> r.bucket(BUCKET).key("a b/ü+%.txt")).asUtf8String())
        .isEqualTo("testing 1 2 3");
    await(() -> isHere(BUCKET, "a%20b%2F%C3%BC%2B%25.txt"));

    there.putObject(
        r ->
            r.bucket(BUCKET).key("cold").contentType("text/x").metadata(java.util.Map.of("a", "b")),
        RequestBody.fromString("cold bytes"));
    long whole = farReads("2xx");
    URI get = toGet(BUCKET, "cold");
    HttpResponse<String> cold = send("GET", get, "");
    assertThat(cold.body()).isEqualTo("cold bytes");
    assertThat(cold.headers().firstValue("x-amz-meta-a")).hasValue("b");
    await(() -> isHere(BUCKET, "cold"));
    HttpResponse<String> warm = send("GET", get, "");
    assertThat(warm.body()).isEqualTo("cold bytes");
    assertThat(warm.headers().firstValue("Content-Type")).hasValue("text/x");
    assertThat(send("GET", get, "", "Range", "bytes=0-3").body()).isEqualTo("cold");
    assertThat(farReads("2xx")).isEqualTo(whole + 1);

    there.putObject(r -> r.bucket(BUCKET).key("cold"), RequestBody.fromString("other bytes"));
    assertThat(send("GET", get, "").body()).isEqualTo("other bytes");
  }

  @Test
  void whatTheOwnerRefusesIsRefusedInItsWords() throws Exception {
    there.putObject(r -> r.bucket(BUCKET).key("guarded"), RequestBody.fromString("guarded"));
    URI get = toGet(BUCKET, "guarded");
    assertThat(send("GET", get, "").statusCode()).isEqualTo(200);
    await(() -> isHere(BUCKET, "guarded"));
    URI forged = URI.create(get.toString().replaceFirst("X-Amz-Signature=.", "X-Amz-Signature=x"));
    HttpResponse<String> refused = send("GET", forged, "");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    Matcher id = Pattern.compile("<RequestId>(.*)</RequestId>").matcher(refused.body());
    assertThat(id.find()).isTrue();
    assertThat(refused.headers().firstValue("x-amz-request-id")).hasValue(id.group(1));

    URI expired =
        atNear(
            byPath.presignGetObject(
                r ->
                    r.signatureDuration(Duration.ofSeconds(1))
                        .getObjectRequest(g -> g.bucket(BUCKET).key("guarded"))),
            "");
    TimeUnit.SECONDS.sleep(2);
    HttpResponse<String> late = send("GET", expired, "");
    assertThat(late.statusCode()).isEqualTo(403);
    assertThat(late.body()).contains("expired");

    URI put = URI.create(toPut("forged").toString().replaceFirst("Signature=.", "Signature=x"));
    assertThat(send("PUT", put, "forged").statusCode()).isEqualTo(403);
    assertThat(send("GET", toGet(BUCKET, "forged"), "").statusCode()).isEqualTo(404);
    assertThat(isHere(BUCKET, "forged")).isFalse();
  }

  @Test
  void bucketsInHostsAreSentToHosts() throws Exception {
    URI put =
        atNear(
            byHost.presignPutObject(
                r -> r.signatureDuration(LIFE).putObjectRequest(p -> p.bucket(BUCKET).key("host"))),
            BUCKET);
    assertThat(send("PUT", put, "hosted", STYLE, "virtual-hosted").statusCode()).isEqualTo(200);
    assertThat(there.getObjectAsBytes(r -> r.bucket(BUCKET).key("host")).asUtf8String())
        .isEqualTo("hosted");
    assertThat(send("PUT", put, "hosted", STYLE, "path").body())
        .contains("<Code>SignatureDoesNotMatch</Code>");
    HttpResponse<String> unknown = send("PUT", put, "hosted", STYLE, "foo");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("unrecognized request style");
  }

  @Test
  void noRegionOfTheClientsGetsAnywhere() throws Exception {
    for (String region : new String[] {"us-east-1%40evil%3F", "evil.example%23", "eu-west-1", ""}) {
      URI put =
          URI.create(toPut("region").toString().replace("%2Fus-east-1%2F", "%2F" + region + "%2F"));
      HttpResponse<String> refused = send("PUT", put, "x");
      assertThat(refused.statusCode()).as(region).isEqualTo(400);
      assertThat(refused.body()).contains("<Code>AuthorizationQueryParametersError</Code>");
      assertThat(refused.body()).contains("<Region>us-east-1</Region>");
    }
    assertThatThrownBy(() -> there.headObject(r -> r.bucket(BUCKET).key("region")))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void uploadsGoInPartsAndDeletionsArrive() throws Exception {
    byte[] first = new byte[5 << 20];
    new Random(7).nextBytes(first);
    String key = "parts";
    String id =
        text(
            send(
                    "POST",
                    atNear(
                        byPath.presignCreateMultipartUpload(
                            r ->
                                r.signatureDuration(LIFE)
                                    .createMultipartUploadRequest(c -> c.bucket(BUCKET).key(key))),
                        ""),
                    "")
                .body(),
            "UploadId");
    HttpRequest part =
        HttpRequest.newBuilder(
                atNear(
                    byPath.presignUploadPart(
                        r ->
                            r.signatureDuration(LIFE)
                                .uploadPartRequest(
                                    u -> u.bucket(BUCKET).key(key).uploadId(id).partNumber(1))),
                    ""))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(first))
            .build();
    HttpResponse<String> uploaded = http.send(part, HttpResponse.BodyHandlers.ofString());
    assertThat(uploaded.statusCode()).isEqualTo(200);
    String tag = uploaded.headers().firstValue("ETag").orElseThrow();
    CompletedPart sent = CompletedPart.builder().partNumber(1).eTag(tag).build();
    try (S3Client client = rerouted("path")) {
      client.completeMultipartUpload(
          r ->
              r.bucket(BUCKET)
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(CompletedMultipartUpload.builder().parts(sent).build()));
    }
    assertThat(there.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArray())
        .isEqualTo(first);
    await(() -> isHere(BUCKET, key));

    URI delete =
        atNear(
            byPath.presignDeleteObject(
                r -> r.signatureDuration(LIFE).deleteObjectRequest(d -> d.bucket(BUCKET).key(key))),
            "");
    assertThat(send("DELETE", delete, "").statusCode()).isEqualTo(204);
    assertThat(isHere(BUCKET, key)).isFalse();
    assertThat(send("GET", toGet(BUCKET, key), "").statusCode()).isEqualTo(404);
  }

  private static String text(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">(.*?)</" + element + ">").matcher(xml);
    assertThat(matcher.find()).as(xml).isTrue();
    return matcher.group(1);
  }

  /** What SDKs in Go do with a RoundTripper: the SDK signs for one host and asks another. */
  private final class Rerouted implements SdkHttpClient {
    private final SdkHttpClient client = Apache5HttpClient.create();
    private final String style;

    Rerouted(String style) {
      this.style = style;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      SdkHttpRequest signed = request.httpRequest();
      String bucket = style.equals("virtual-hosted") ? "/s3/" + BUCKET : "";
      SdkHttpRequest.Builder rerouted =
          signed.toBuilder()
              .protocol("http")
              .host("127.0.0.1")
              .port(near.root().getPort())
              .encodedPath(bucket + signed.encodedPath());
      if (!style.isEmpty()) {
        rerouted.putHeader(STYLE, style);
      }
      return client.prepareRequest(
          HttpExecuteRequest.builder()
              .request(rerouted.build())
              .contentStreamProvider(request.contentStreamProvider().orElse(null))
              .build());
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private S3Client rerouted(String style) {
    boolean hosts = style.equals("virtual-hosted");
    return S3Client.builder()
        .endpointOverride(
            hosts ? URI.create("http://" + HOSTS + ":" + far.endpoint().getPort()) : far.endpoint())
        .region(Region.of(Gateway.REGION))
        .credentialsProvider(owner())
        .httpClient(new Rerouted(style))
        .forcePathStyle(!hosts)
        .overrideConfiguration(
            config ->
                config
                    .retryStrategy(retry -> retry.maxAttempts(1))
                    .addExecutionInterceptor(new Untouched()))
        .build();
  }

  /** Makes sure that nothing but the client's transport changes a request. */
  private static final class Untouched implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      assertThat(context.httpRequest().firstMatchingHeader(STYLE)).isEmpty();
    }
  }

  @Test
  void clientsThatSignForAnotherHostAreServed() {
    for (String style : new String[] {"path", "virtual-hosted"}) {
      try (S3Client client = rerouted(style)) {
        String key = "sdk-" + style;
        client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("chunked, signed"));
        assertThat(client.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String())
            .isEqualTo("chunked, signed");
        assertThat(client.headObject(r -> r.bucket(BUCKET).key(key)).contentLength()).isEqualTo(15);
        assertThat(client.listObjectsV2(r -> r.bucket(BUCKET).prefix(key)).contents()).hasSize(1);
        client.deleteObjects(
            r ->
                r.bucket(BUCKET)
                    .delete(
                        Delete.builder()
                            .objects(ObjectIdentifier.builder().key(key).build())
                            .build()));
        assertThatThrownBy(() -> client.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)))
            .isInstanceOfSatisfying(
                S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
      }
    }
  }

  @Test
  void whoeverIsTrustedReadsWhatIsHere() throws Exception {
    there.putObject(r -> r.bucket(TRUSTING).key("trusted"), RequestBody.fromString("trusted"));
    URI get = toGet(TRUSTING, "trusted");
    URI forged = URI.create(get.toString().replaceFirst("X-Amz-Signature=.", "X-Amz-Signature=x"));
    assertThat(send("GET", forged, "").statusCode()).isEqualTo(403);
    assertThat(send("GET", get, "").body()).isEqualTo("trusted");
    await(() -> isHere(TRUSTING, "trusted"));
    long asked = farReads("4xx");
    assertThat(send("GET", forged, "").body()).isEqualTo("trusted");
    assertThat(farReads("4xx")).isEqualTo(asked);
    try (S3Client byKey = rerouted("")) {
      assertThat(byKey.getObjectAsBytes(r -> r.bucket(TRUSTING).key("trusted")).asUtf8String())
          .isEqualTo("trusted");
      // The same request about a bucket that expects no keys is for this gateway.
      assertThatThrownBy(() -> byKey.headObject(r -> r.bucket(BUCKET).key("trusted")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void theFeatureIsOffUntilItIsOnForAllOrForABucket() throws Exception {
    there.putObject(r -> r.bucket(BUCKET).key("switch"), RequestBody.fromString("switch"));
    String alias = "alias-of-signed";
    try (S3Client here = SdkClients.sync(near)) {
      here.createBucket(r -> r.bucket(alias));
    }
    assertThat(properties(alias, "backend_bck", "far://" + BUCKET)).contains("far://" + BUCKET);
    features("none");
    assertThat(send("GET", toGet(BUCKET, "switch"), "").body())
        .contains("<Code>InvalidAccessKeyId</Code>");
    URI get =
        URI.create(
            toGet(BUCKET, "switch").toString().replace("/" + BUCKET + "/", "/" + alias + "/"));
    assertThat(send("GET", get, "").body()).contains("<Code>InvalidAccessKeyId</Code>");
    assertThat(properties(alias, "features", "Presigned-S3-Req")).contains("\"features\"");
    assertThat(send("GET", get, "").body()).isEqualTo("switch");
    assertThat(send("GET", toGet(BUCKET, "switch"), "").statusCode()).isEqualTo(403);
    assertThat(properties(alias, "access", "ro")).contains("\"access\":\"ro\"");
    URI put = URI.create(toPut("switch").toString().replace("/" + BUCKET + "/", "/" + alias + "/"));
    assertThat(send("PUT", put, "x").body()).contains("<Code>AccessDenied</Code>");
    assertThat(properties(BUCKET, "features", "S3-Presigned-Request")).contains("\"features\"");
    assertThat(send("GET", toGet(BUCKET, "switch"), "").body()).isEqualTo("switch");
    assertThat(properties(BUCKET, "features", "none")).contains("\"features\":\"none\"");
    assertThat(send("GET", toGet(BUCKET, "switch"), "").statusCode()).isEqualTo(403);
    assertThat(properties(alias, "features", "S3-Magic")).contains("InvalidArgument");
    assertThat(properties(alias, "features", "none")).contains("\"features\":\"none\"");
    assertThat(send("GET", get, "").statusCode()).isEqualTo(403);
  }

  private String properties(String bucket, String name, String value) throws IOException {
    return admin(
        "PATCH",
        "/buckets/" + bucket + "/properties",
        "{\"properties\":{\"" + name + "\":\"" + value + "\"}}");
  }

  @Test
  void ownKeysAreVerifiedHere() throws Exception {
    there.putObject(r -> r.bucket(BUCKET).key("own"), RequestBody.fromString("own"));
    try (S3Presigner own = SdkClients.presigner(near)) {
      URI get =
          URI.create(
              own.presignGetObject(
                      r ->
                          r.signatureDuration(LIFE)
                              .getObjectRequest(g -> g.bucket(BUCKET).key("own")))
                  .url()
                  .toString());
      assertThat(send("GET", get, "").body()).isEqualTo("own");
    }
  }

  @Test
  void signaturesOfVersionTwoGoThroughToo() throws Exception {
    there.putObject(r -> r.bucket(BUCKET).key("two"), RequestBody.fromString("version two"));
    long expires = Instant.now().plus(LIFE).getEpochSecond();
    String signature =
        Base64.getEncoder()
            .encodeToString(
                Hashes.hmac(
                    "HmacSHA1",
                    OWNER.secretKey().getBytes(StandardCharsets.UTF_8),
                    "GET\n\n\n" + expires + "\n/" + BUCKET + "/two"));
    String query =
        "?AWSAccessKeyId=%s&Expires=%d&Signature=%s"
            .formatted(
                OWNER.accessKey(), expires, URLEncoder.encode(signature, StandardCharsets.UTF_8));
    URI get = URI.create(near.endpoint() + "/" + BUCKET + "/two" + query);
    assertThat(send("GET", get, "").body()).isEqualTo("version two");
    URI forged = URI.create(get.toString().replace("Expires=", "Expires=1"));
    assertThat(send("GET", forged, "").statusCode()).isEqualTo(403);
  }

  @Test
  void aBodyThatBreaksOffIsNotStored() throws Exception {
    URI put = toPut("broken");
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", near.root().getPort())) {
      String head =
          "PUT %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly this"
              .formatted(put.getRawPath() + "?" + put.getRawQuery());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      TimeUnit.MILLISECONDS.sleep(300);
    }
    TimeUnit.MILLISECONDS.sleep(500);
    assertThatThrownBy(() -> there.headObject(r -> r.bucket(BUCKET).key("broken")))
        .isInstanceOf(S3Exception.class);
  }
}
