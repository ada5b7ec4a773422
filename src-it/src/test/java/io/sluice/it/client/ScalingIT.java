package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Two gateways over one engine, behind nginx with the file that docs/SCALING.md tells to take. */
class ScalingIT {
  private static final String BUCKET = "shared";
  private static final int PART = 5 << 20;

  @TempDir Path directory;

  private final List<Gateway> started = new ArrayList<>();
  private final List<S3Client> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.forEach(S3Client::close);
    started.forEach(Gateway::close);
  }

  private Gateway gateway(String name, String... settings) throws IOException {
    Path own = Files.createDirectories(directory.resolve(name));
    Gateway gateway = RunnerServer.start(own, ServerSettings.write(own, settings), "-Xmx256m");
    started.add(gateway);
    return gateway;
  }

  private Gateway near(String name, Gateway engine) throws IOException {
    return gateway(
        name,
        "provider.engine.endpoint=" + engine.endpoint(),
        "provider.engine.access-key=" + Account.TESTER.accessKey(),
        "provider.engine.secret-key=" + Account.TESTER.secretKey(),
        "provider.engine.buckets=" + BUCKET,
        "provider.engine.cache.capacity=100MiB",
        "provider.engine.cache.validate-warm-get=true",
        "provider.engine.cache.synchronize=true");
  }

  private Gateway nginx(Gateway... gateways) throws IOException {
    Gateway proxied = NginxOfMany.start(directory, gateways);
    started.add(proxied);
    return proxied;
  }

  private S3Client client(Gateway gateway) {
    S3Client client = SdkClients.sync(gateway);
    clients.add(client);
    return client;
  }

  private static void put(S3Client client, String key, String body) {
    client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(body));
  }

  private static String get(S3Client client, String key) {
    return client.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
  }

  @Test
  void gatewaysAgreeAndOneThatDiesLosesNothing() throws Exception {
    Tool.of(directory, Map.of(), "nginx"); // skips the test, or fails it, where there is none
    Gateway engine = gateway("engine");
    Gateway first = near("first", engine);
    Gateway second = near("second", engine);
    S3Client all = client(nginx(first, second));
    S3Client one = client(first);
    S3Client two = client(second);
    all.createBucket(r -> r.bucket(BUCKET));

    for (int i = 0; i < 20; i++) {
      String key = "k" + i;
      put(all, key, "1");
      assertThat(List.of(get(one, key), get(two, key), get(all, key))).containsOnly("1");
      put(one, key, "2");
      assertThat(List.of(get(two, key), get(all, key), get(one, key))).containsOnly("2");
    }
    uploadThroughBoth(one, two);
    assertThat(all.headObject(r -> r.bucket(BUCKET).key("parts")).contentLength())
        .isEqualTo(PART + 1000L);

    first.process().kill();
    for (int i = 0; i < 20; i++) {
      String key = "k" + i;
      assertThat(get(all, key)).isEqualTo("2");
      put(all, key, "3");
      assertThat(get(two, key)).isEqualTo("3");
    }
    assertThat(all.listObjectsV2(r -> r.bucket(BUCKET)).keyCount()).isEqualTo(21);
  }

  private static void uploadThroughBoth(S3Client one, S3Client two) {
    String id = one.createMultipartUpload(r -> r.bucket(BUCKET).key("parts")).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int size : new int[] {PART, 1000}) {
      int number = parts.size() + 1;
      String tag =
          (number == 1 ? two : one)
              .uploadPart(
                  r -> r.bucket(BUCKET).key("parts").uploadId(id).partNumber(number),
                  RequestBody.fromBytes(new byte[size]))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    two.completeMultipartUpload(
        r -> r.bucket(BUCKET).key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)));
  }
}
