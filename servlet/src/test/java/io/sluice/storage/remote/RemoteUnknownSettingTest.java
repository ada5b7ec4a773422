package io.sluice.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A remote that does not look at sub-resources, and so takes each request for the plain one. */
class RemoteUnknownSettingTest {
  private static final BucketName BUCKET = new BucketName("media");

  private final List<String> methods = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Storage remote;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] listing =
        "<?xml version=\"1.0\"?><ListBucketResult><Name>media</Name></ListBucketResult>"
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            methods.add(exchange.getRequestMethod());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, listing.length);
            exchange.getResponseBody().write(listing);
          }
        });
    server.start();
    remote =
        RemoteStorage.open(
            RemoteSettings.of(
                Map.of(
                    "endpoint",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "access-key",
                    "access",
                    "secret-key",
                    "secret")));
  }

  @AfterEach
  void stop() throws IOException {
    remote.close();
    server.stop(0);
  }

  @Test
  void aListingIsNoSetting() throws IOException {
    assertThat(remote.buckets().setting(BUCKET, "website")).isEmpty();
  }

  @Test
  void neitherWritingNorDeletingReachesIt() {
    byte[] document = "<WebsiteConfiguration/>".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> remote.buckets().deleteSetting(BUCKET, "website"))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED));
      assertThatThrownBy(() -> remote.buckets().putSetting(BUCKET, "website", document))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED));
    }
    assertThat(methods).containsOnly("GET");
  }
}
