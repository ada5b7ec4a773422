package io.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Account;
import io.sluice.auth.CredentialStore;
import io.sluice.auth.FileCredentialStore;
import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import io.sluice.config.GatewayConfig;
import io.sluice.encryption.EncryptionFixture;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ObjectOwnership;
import io.sluice.lifecycle.LifecycleDays;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Versioning;
import io.sluice.operation.Authorizer;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.bucket.BucketOperations;
import io.sluice.operation.bucket.NewBuckets;
import io.sluice.operation.object.ObjectOperations;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Storage;
import io.sluice.storage.memory.MemoryStorage;
import io.sluice.xml.Owner;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filters and servlets in a real container, byte by byte. */
class WireTest {
  private static final int BIG = 8 * 1024 * 1024;

  @TempDir private Path directory;
  private Server server;
  private int port;

  private void start(String mode) throws Exception {
    GatewayConfig config = new ConfigReader().option(ConfigKey.AUTH_MODE, mode).read();
    Path file = directory.resolve("credentials");
    FileCredentialStore.generate(file);
    Storage storage = new MemoryStorage();
    storage
        .buckets()
        .create(
            new BucketInfo(
                new BucketName("private"),
                Instant.EPOCH,
                "us-east-1",
                Account.canonicalIdOf("somebody"),
                Versioning.UNVERSIONED,
                ""));
    CredentialStore credentials = FileCredentialStore.open(file, Clock.systemUTC());
    Acls acls = new Acls(storage.buckets(), credentials, ObjectOwnership.BUCKET_OWNER_ENFORCED);
    Lifecycles lifecycles = new Lifecycles(storage, LifecycleDays.CALENDAR, Clock.systemUTC());
    Gateway gateway =
        Gateway.over(
            config,
            storage,
            io.sluice.iam.directory.Directory.inMemory(credentials),
            Stream.of(
                    BucketOperations.of(
                        storage, acls, lifecycles, Clock.systemUTC(), NewBuckets.in("us-east-1")),
                    ObjectOperations.of(
                        storage,
                        new ObjectOperations.Rules(
                            acls,
                            Authorizer.NONE,
                            lifecycles,
                            EncryptionFixture.over(storage),
                            ObjectOperations.Rules.AWS_COPY)),
                    List.<OperationHandler>of(new Slow(S3Operation.COMPLETE_MULTIPART_UPLOAD)))
                .flatMap(handlers -> handlers.stream())
                .toList());
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(new UriCompliance("test", EnumSet.allOf(UriCompliance.Violation.class)));
    server = new Server();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServletContainerInitializer(new SluiceInitializer(gateway));
    server.setHandler(context);
    server.start();
    port = connector.getLocalPort();
  }

  /**
   * Takes as many seconds as the upload id says, and then answers, or refuses a negative number.
   */
  private record Slow(S3Operation operation) implements OperationHandler {
    @Override
    public S3Response handle(S3Request request) {
      int seconds = Integer.parseInt(request.query().nonEmpty("uploadId").orElse("0"));
      return S3Response.deferred(
          () -> {
            pause(Math.abs(seconds));
            if (seconds < 0) {
              throw S3ErrorCode.INVALID_PART.exception();
            }
            return S3Response.ok(new Owner("done", null)).header("x-amz-version-id", "v");
          });
    }

    private static void pause(int seconds) throws IOException {
      try {
        TimeUnit.SECONDS.sleep(seconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  @Test
  void whatIsReadySoonHasItsOwnStatusAndWhatIsLateFollowsSpaces() throws Exception {
    start("none");
    String head = "POST /bkt/k?uploadId=%d HTTP/1.1\r\nContent-Length: 0";
    assertThat(send(head.formatted(0)))
        .startsWith("HTTP/1.1 200")
        .contains("x-amz-version-id: v\r\n")
        .contains("?>\n<Owner");
    assertThat(send(head.formatted(-1))).startsWith("HTTP/1.1 400").contains("InvalidPart");
    assertThat(send(head.formatted(6)))
        .startsWith("HTTP/1.1 200")
        .containsPattern("\\?>\n\\s+<Owner")
        .contains(">done<");
    assertThat(send(head.formatted(-6)))
        .startsWith("HTTP/1.1 200")
        .contains("<Error><Code>InvalidPart</Code>");
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private String send(String head, byte[] body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String lines = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      out.write(lines.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String send(String head) throws IOException {
    return send(head, new byte[0]);
  }

  @Test
  void storesAndReadsBackUnderTheRawKey() throws Exception {
    start("none");
    assertThat(send("PUT /bkt HTTP/1.1\r\nContent-Length: 0")).startsWith("HTTP/1.1 200");
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    for (String key : new String[] {"a/../b", "/x//", "%2E%2E/-/health/live", "a%252Fb", "-/x"}) {
      String put = "PUT /s3/bkt/" + key + " HTTP/1.1\r\nContent-Type: text/plain\r\n";
      assertThat(send(put + "Content-Length: 5", body)).as(key).startsWith("HTTP/1.1 200");
      String got = send("GET /bkt/" + key + " HTTP/1.1");
      assertThat(got).as(key).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nhello");
      assertThat(got).contains("Content-Type: text/plain\r\n").contains("Server: Sluice");
    }
    assertThat(send("HEAD /bkt/-/x HTTP/1.1")).contains("Content-Length: 5").endsWith("\r\n\r\n");
  }

  @Test
  void anErrorIsXmlSaveOnHead() throws Exception {
    start("none");
    String get = send("GET /bkt/k HTTP/1.1");
    assertThat(get).startsWith("HTTP/1.1 404").contains("<Code>NoSuchBucket</Code>");
    assertThat(get).contains("x-amz-request-id: ").contains("x-amz-id-2: ");
    String head = send("HEAD /bkt/k HTTP/1.1");
    assertThat(head).startsWith("HTTP/1.1 404").doesNotContain("<").endsWith("\r\n\r\n");
    assertThat(head).doesNotContain("Transfer-Encoding");
  }

  @Test
  void aRowWithoutAHandlerIs501AndSaysWhich() throws Exception {
    start("none");
    assertThat(send("PUT /bkt?replication HTTP/1.1\r\nContent-Length: 0"))
        .startsWith("HTTP/1.1 501")
        .contains("PutBucketReplication");
  }

  @Test
  void anUnsignedRequestIsRefusedBeforeItsBodyIsAskedFor() throws Exception {
    start("sigv4");
    String answer =
        send("PUT /private/k HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 100000000");
    assertThat(answer).startsWith("HTTP/1.1 403").contains("AccessDenied");
  }

  @Test
  void aRefusedUploadIsReadSoThatItsSenderSeesWhy() throws Exception {
    start("sigv4");
    assertThat(send("PUT /private/k HTTP/1.1\r\nContent-Length: " + BIG, new byte[BIG]))
        .startsWith("HTTP/1.1 403")
        .contains("AccessDenied");
  }

  @Test
  void preflightWithoutConfigurationIsForbidden() throws Exception {
    start("sigv4");
    assertThat(
            send("OPTIONS /bkt HTTP/1.1\r\nOrigin: http://a\r\nAccess-Control-Request-Method: PUT"))
        .startsWith("HTTP/1.1 403")
        .contains("AccessForbidden");
  }

  @Test
  void healthAnswersAtTheRawPathAlone() throws Exception {
    start("sigv4");
    assertThat(send("GET /-/health/ready HTTP/1.1")).startsWith("HTTP/1.1 200").endsWith("ok\n");
    assertThat(send("GET /private/../-/health/ready HTTP/1.1")).startsWith("HTTP/1.1 403");
    assertThat(send("GET /-/nothing HTTP/1.1")).startsWith("HTTP/1.1 404");
  }
}
