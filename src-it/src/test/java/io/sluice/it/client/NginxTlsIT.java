package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Certificate;
import io.sluice.it.harness.Container;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.Tool;
import io.sluice.it.harness.WorkDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * nginx with TLS and HTTP/2 in front of the gateway, with conf/nginx/sluice-tls.conf. What is here
 * is about nginx; the tests marked {@code OverTls} run through it as well.
 */
class NginxTlsIT {
  private static final String BUCKET = "through-nginx";
  private static final String STRANGER = "198.51.100.7";

  private static Gateway gateway;
  private static S3Client s3;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    gateway = Container.NGINX_TLS.startFor(WorkDirectory.create("nginx-tls"));
    s3 = SdkClients.sync(gateway);
    s3.createBucket(r -> r.bucket(BUCKET));
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      s3.close();
      gateway.close();
    }
  }

  private Tool curl(String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("curl", "--silent", "--show-error", "--write-out", "%{http_version}"));
    command.addAll(List.of("--cacert", Certificate.shared().chain().toString(), "--path-as-is"));
    command.addAll(
        List.of("--user", Account.TESTER.accessKey() + ":" + Account.TESTER.secretKey()));
    command.addAll(List.of("--aws-sigv4", "aws:amz:" + Gateway.REGION + ":s3", "--fail-with-body"));
    command.addAll(List.of("--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"));
    command.addAll(List.of(more));
    return Tool.of(directory, Map.of(), command.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a//b", "a;b=c", "100%25", "%C3%BC", "a%3Fb"})
  void http2Passes(String key) throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    Files.write(directory.resolve("f"), bytes);
    String address = gateway.endpoint() + "/" + BUCKET + "/" + key;

    Tool upload = curl("--upload-file", "f", "--header", "x-amz-meta-under_score: kept");
    assertThat(upload.run(address).ok()).isEqualTo("2");
    assertThat(curl("--output", "back", "--dump-header", "head").run(address).ok()).isEqualTo("2");

    assertThat(directory.resolve("back")).hasBinaryContent(bytes);
    assertThat(directory.resolve("head")).content().contains("x-amz-meta-under_score: kept");
  }

  @Test
  void bodiesAboveAGibibytePass() throws Exception {
    long size = (1L << 30) + 12_345;
    ContentStreamProvider zeros = () -> new Zeros(size);
    s3.putObject(
        r -> r.bucket(BUCKET).key("huge"),
        RequestBody.fromContentProvider(zeros, size, "application/octet-stream"));

    assertThat(s3.headObject(r -> r.bucket(BUCKET).key("huge")).contentLength()).isEqualTo(size);
    assertThat(
            s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("huge").range("bytes=-1000"))
                .asByteArray())
        .isEqualTo(new byte[1000]);
    s3.deleteObject(r -> r.bucket(BUCKET).key("huge"));
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(buffer, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }

  /** nginx answers 100 by itself; the refusal is read while the body is still sent. */
  @ParameterizedTest
  @ValueSource(ints = {100_000, 5_000_000, 40_000_000})
  void refusalsOfUploadsAreRead(int size) throws Exception {
    try (S3Client client = SdkClients.sync(gateway)) { // nginx may close the connection afterwards
      S3Exception refused =
          catchThrowableOfType(
              S3Exception.class,
              () ->
                  client.putObject(
                      r -> r.bucket(BUCKET + "-none").key("k"),
                      RequestBody.fromBytes(new byte[size])));

      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucket");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void presignedAddressesHaveTheNameOutside(boolean pathStyle) throws Exception {
    s3.putObject(r -> r.bucket(BUCKET).key("a b/ü"), RequestBody.fromString("by address"));
    URI outside = URI.create("https://" + Gateway.BASE_DOMAIN + ":" + gateway.endpoint().getPort());
    URL url;
    try (S3Presigner presigner =
        SdkClients.presigner(new Gateway("outside", outside, null), pathStyle)) {
      url =
          presigner
              .presignGetObject(
                  p ->
                      p.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(r -> r.bucket(BUCKET).key("a b/ü")))
              .url();
    }
    assertThat(url.getHost()).startsWith(pathStyle ? "s3." : BUCKET + ".");

    String head =
        "GET %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n"
            .formatted(url.getFile(), url.getAuthority());
    RawResponse answer = RawHttp.send(gateway.endpoint(), head, new byte[0]);

    assertThat(answer.text()).isEqualTo("by address");
  }

  @Test
  void onlyWhatTheProxySaysOfTheClientIsBelieved() throws Exception {
    s3.putObject(r -> r.bucket(BUCKET).key("near"), RequestBody.fromString("near"));
    s3.putBucketPolicy(
        r ->
            r.bucket(BUCKET)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                    "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/near",
                    "Condition":{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}}]}
                    """
                        .formatted(BUCKET)));
    String target = "/" + BUCKET + "/near";
    RawRequest through = RawRequest.of(gateway, "GET", target);
    assertThat(through.header("x-forwarded-for", STRANGER).sendAnonymously().status())
        .isEqualTo(403);
    // As another trusted proxy would say it, and for a client beyond that.
    Gateway direct = new Gateway("direct", gateway.direct().resolve("/s3"), null);
    RawRequest said = RawRequest.of(direct, "GET", target);
    assertThat(said.header("x-forwarded-for", STRANGER).sendAnonymously().text()).isEqualTo("near");
    RawRequest chain = RawRequest.of(direct, "GET", target);
    assertThat(chain.header("x-forwarded-for", STRANGER + ", 192.0.2.1").sendAnonymously().status())
        .isEqualTo(403);
  }

  @Test
  void metricsAreNotForThoseBeyondTheProxy() throws Exception {
    String head = "GET /-/metrics HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n";
    byte[] none = "".getBytes(StandardCharsets.UTF_8);
    assertThat(RawHttp.send(gateway.endpoint(), head.formatted(gateway.authority()), none).status())
        .isEqualTo(403);
  }
}
