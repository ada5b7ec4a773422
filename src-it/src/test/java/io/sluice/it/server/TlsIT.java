package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Certificate;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.ServerSettings;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** TLS in the runner: both versions of HTTP, a new certificate, clients' certificates. */
class TlsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern ADDRESS = Pattern.compile("https://127\\.0\\.0\\.1:(\\d+)/s3");

  @TempDir Path directory;

  private Certificate certificate;

  @BeforeEach
  void makeCertificate() throws Exception {
    certificate = Certificate.make(directory, "first");
  }

  private ServerProcess process(String... properties) throws IOException {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("tls.certificate=" + certificate.chain());
    all.add("tls.private-key=" + certificate.key());
    all.add("encryption.sse-c-over-http=false");
    ServerSettings settings = ServerSettings.write(directory, all.toArray(new String[0]));
    return ServerProcess.start(
        RunnerServer.command(settings, 0, List.of("-Xmx256m")),
        directory,
        directory.resolve("server.log"));
  }

  private Gateway start(String... properties) throws IOException {
    ServerProcess process = process(properties);
    Matcher address = ADDRESS.matcher(process.awaitLine("serving https://"));
    assertThat(address.find()).isTrue();
    return new Gateway("runner", URI.create(address.group()), process);
  }

  private Tool curl(String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("curl", "--silent", "--show-error", "--write-out", "%{http_version}"));
    command.addAll(List.of("--cacert", certificate.chain().toString()));
    command.addAll(
        List.of("--user", Account.TESTER.accessKey() + ":" + Account.TESTER.secretKey()));
    command.addAll(List.of("--aws-sigv4", "aws:amz:" + Gateway.REGION + ":s3", "--fail-with-body"));
    command.addAll(List.of("--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"));
    command.addAll(List.of(more));
    return Tool.of(directory, Map.of(), command.toArray(new String[0]));
  }

  @Test
  void bothVersionsOfHttpServe() throws Exception {
    byte[] bytes = new byte[9_000_000];
    new Random(1).nextBytes(bytes);
    Files.write(directory.resolve("f"), bytes);
    try (Gateway gateway = start()) {
      String bucket = gateway.endpoint() + "/over-tls";
      assertThat(curl("--request", "PUT").run(bucket).ok()).isEqualTo("2");
      assertThat(curl("--http1.1", "--upload-file", "f").run(bucket + "/one").ok())
          .isEqualTo("1.1");
      assertThat(curl("--http2", "--upload-file", "f").run(bucket + "/two").ok()).isEqualTo("2");
      for (String key : List.of("one", "two")) {
        assertThat(curl("--output", key).run(bucket + "/" + key).ok()).isEqualTo("2");
        assertThat(directory.resolve(key)).hasBinaryContent(bytes);
      }
      assertThat(curl().run(bucket + "/none").out()).contains("<Code>NoSuchKey</Code>");
      assertThat(curl("--request", "DELETE").run(bucket + "/one").ok()).isEqualTo("2");
      String[] key = {
        "--header", "x-amz-server-side-encryption-customer-algorithm: AES256",
        "--header",
            "x-amz-server-side-encryption-customer-key:"
                + " MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "--header", "x-amz-server-side-encryption-customer-key-md5: hRasmdxgYDKV3nvbahU1MA=="
      };
      Tool withKey = curl(concat(key, "--upload-file", "f"));
      withKey.run(bucket + "/their-key").ok();
      curl(concat(key, "--output", "back")).run(bucket + "/their-key").ok();
      assertThat(directory.resolve("back")).hasBinaryContent(bytes);
    }
  }

  private static String[] concat(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  @Test
  void manyStreamsOfOneConnectionAreServedAndAnAbortedOneStoresNothing() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(certificate.context()).build();
    byte[] bytes = new byte[2_000_000];
    new Random(2).nextBytes(bytes);
    try (Gateway gateway = start();
        S3Presigner presigner = SdkClients.presigner(gateway)) {
      curl("--request", "PUT").run(gateway.endpoint() + "/streams").ok();
      List<CompletableFuture<HttpResponse<Void>>> uploads = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        HttpRequest put =
            HttpRequest.newBuilder(put(presigner, "a b/" + i))
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build();
        uploads.add(client.sendAsync(put, BodyHandlers.discarding()));
      }
      for (CompletableFuture<HttpResponse<Void>> upload : uploads) {
        assertThat(upload.get().statusCode()).isEqualTo(200);
        assertThat(upload.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
      }
      HttpRequest get = HttpRequest.newBuilder(get(presigner, "a b/7")).build();
      assertThat(client.send(get, BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);

      HttpRequest broken =
          HttpRequest.newBuilder(put(presigner, "broken"))
              .PUT(BodyPublishers.ofInputStream(Torn::new))
              .build();
      assertThatThrownBy(() -> client.send(broken, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
      HttpRequest missing = HttpRequest.newBuilder(get(presigner, "broken")).build();
      assertThat(client.send(missing, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    }
  }

  private static URI put(S3Presigner presigner, String key) {
    return URI.create(
        presigner
            .presignPutObject(
                r -> r.signatureDuration(LIMIT).putObjectRequest(o -> o.bucket("streams").key(key)))
            .url()
            .toString());
  }

  private static URI get(S3Presigner presigner, String key) {
    return URI.create(
        presigner
            .presignGetObject(
                r -> r.signatureDuration(LIMIT).getObjectRequest(o -> o.bucket("streams").key(key)))
            .url()
            .toString());
  }

  /** A body whose sender fails after 300,000 bytes. */
  private static final class Torn extends InputStream {
    private int left = 300_000;

    @Override
    public int read() {
      if (left-- <= 0) {
        throw new UncheckedIOException(new IOException("torn"));
      }
      return 'x';
    }
  }

  @Test
  void aNewCertificateIsTakenWithoutARestart() throws Exception {
    try (Gateway gateway = start();
        SSLSocket open = connect(gateway, certificate)) {
      Certificate second = Certificate.make(directory, "second");
      Files.copy(second.chain(), certificate.chain(), StandardCopyOption.REPLACE_EXISTING);
      gateway.process().awaitLine("The certificate stays as it is"); // the key is the old one
      connect(gateway, certificate).close();

      Files.copy(second.key(), certificate.key(), StandardCopyOption.REPLACE_EXISTING);
      gateway.process().awaitLine("Took the new certificate");

      connect(gateway, second).close();
      assertThatThrownBy(() -> connect(gateway, certificate)).isInstanceOf(IOException.class);
      String head = RawRequest.of(gateway, "GET", "/").signedHead();
      open.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      assertThat(RawHttp.read(open).status()).isEqualTo(200);
    }
  }

  private static SSLSocket connect(Gateway gateway, Certificate trusted) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            trusted
                .context()
                .getSocketFactory()
                .createSocket("127.0.0.1", gateway.endpoint().getPort());
    try {
      socket.startHandshake();
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
    return socket;
  }

  /** As users do for whom the gateway's certificate is nobody's they know. */
  @Test
  void clientsMayLeaveTheCertificateUnverified() throws Exception {
    byte[] bytes = new byte[9_000_000];
    new Random(3).nextBytes(bytes);
    Files.write(directory.resolve("f"), bytes);
    try (Gateway gateway = start()) {
      Map<String, String> keys =
          Map.of(
              "AWS_ACCESS_KEY_ID", Account.TESTER.accessKey(),
              "AWS_SECRET_ACCESS_KEY", Account.TESTER.secretKey(),
              "AWS_DEFAULT_REGION", Gateway.REGION,
              "HOME", directory.toString());
      String endpoint = gateway.endpoint().toString();
      Tool aws = Tool.of(directory, keys, "aws", "--no-verify-ssl", "--endpoint-url", endpoint);
      aws.run("s3", "mb", "s3://unverified").ok();
      aws.run("s3", "cp", "f", "s3://unverified/f").ok();
      assertThat(aws.run("s3", "ls", "s3://unverified").ok()).contains("9000000 f");

      String host = gateway.authority() + "/s3";
      Tool s3cmd =
          Tool.of(
              directory,
              keys,
              "s3cmd",
              "--config=/dev/null",
              "--ssl",
              "--no-check-certificate",
              "--host=" + host,
              "--host-bucket=" + host + "/%(bucket)");
      s3cmd.run("put", "f", "s3://unverified/g").ok();
      s3cmd.run("get", "s3://unverified/f", "back").ok();
      assertThat(directory.resolve("back")).hasBinaryContent(bytes);
      assertThat(s3cmd.run("ls", "s3://unverified").ok()).contains("s3://unverified/g");
    }
  }

  @Test
  void theSettingsAreTestedOverTls() throws Exception {
    try (Gateway gateway = start("limits.headers=16KiB")) {
      assertThat(gateway.process().awaitLine("gets in the way of much metadata")).contains("WARN");
    }
  }

  @Test
  void clientsNeedACertificateWhereTheSettingsSaySo() throws Exception {
    Certificate client = Certificate.make(directory, "client");
    Certificate stranger = Certificate.make(directory, "stranger");
    try (Gateway gateway = start("tls.client-ca=" + client.chain(), "tls.http2=false")) {
      String service = gateway.endpoint().toString();
      assertThat(with(client).run("--output", "listing", service).ok()).isEqualTo("1.1");
      assertThat(with(stranger).run(service).exitCode()).isNotZero();
      assertThat(curl().run(service).exitCode()).isNotZero();
      assertThat(directory.resolve("listing")).content().contains("ListAllMyBucketsResult");
      // The gateway has no certificate to test itself with, and says so.
      assertThat(gateway.process().awaitLine("settings could not be tested"))
          .contains("asks for clients' certificates");
    }
  }

  private Tool with(Certificate client) {
    return curl("--cert", client.chain().toString(), "--key", client.key().toString());
  }

  @Test
  void aKeyOfAnotherCertificateStopsTheStart() throws Exception {
    Certificate other = Certificate.make(directory, "other");
    Files.copy(other.key(), certificate.key(), StandardCopyOption.REPLACE_EXISTING);
    try (ServerProcess process = process()) {
      assertThat(process.awaitExit(LIMIT)).isNotZero();
      assertThat(process.log()).contains("first.key is not the key of").doesNotContain("\tat ");
    }
  }
}
