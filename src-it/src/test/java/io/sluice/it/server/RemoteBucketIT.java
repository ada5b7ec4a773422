package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Two servers, one with buckets that live in the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteBucketIT {
  private static final int PART = 5 << 20;

  private Gateway far;
  private Gateway near;
  private S3Client there;
  private S3Client here;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    far =
        RunnerServer.start(
            directory.resolve("far"), ServerSettings.write(made(directory.resolve("far"))));
    near =
        RunnerServer.start(
            directory.resolve("near"),
            ServerSettings.write(
                made(directory.resolve("near")),
                "provider.aws.endpoint=" + far.endpoint(),
                "provider.aws.access-key=" + Account.TESTER.accessKey(),
                "provider.aws.secret-key=" + Account.TESTER.secretKey(),
                "provider.aws.buckets=far, logs-*"));
    there = SdkClients.sync(far);
    here = SdkClients.sync(near);
    there.createBucket(request -> request.bucket("far"));
    there.createBucket(request -> request.bucket("hidden"));
    here.createBucket(request -> request.bucket("near"));
  }

  private static Path made(Path directory) throws Exception {
    return java.nio.file.Files.createDirectories(directory);
  }

  @AfterAll
  void stop() {
    there.close();
    here.close();
    near.close();
    far.close();
  }

  @Test
  void aBucketMayBeAskedForSomewhereElse(@TempDir Path directory) throws Exception {
    String key = "moved";
    there.putObject(r -> r.bucket("far").key(key), RequestBody.fromString("at the provider"));
    try (Gateway other = RunnerServer.start(directory, ServerSettings.write(directory));
        S3Client elsewhere = SdkClients.sync(other)) {
      elsewhere.createBucket(r -> r.bucket("far"));
      elsewhere.putObject(r -> r.bucket("far").key(key), RequestBody.fromString("elsewhere"));
      assertThat(endpoint("\"http://127.0.0.1:1\"")).contains("ServiceUnavailable");
      assertThat(endpoint("\"file:///etc\"")).contains("InvalidArgument");
      assertThat(text(key)).isEqualTo("at the provider");
      assertThat(endpoint("\"" + other.endpoint() + "\"")).contains(other.endpoint().toString());
      assertThat(text(key)).isEqualTo("elsewhere");
      here.putObject(r -> r.bucket("far").key("new"), RequestBody.fromString("new"));
      assertThat(elsewhere.listObjectsV2(r -> r.bucket("far")).contents()).hasSize(2);
      assertThatThrownBy(() -> there.headObject(r -> r.bucket("far").key("new")))
          .isInstanceOf(S3Exception.class);
    }
    assertThatThrownBy(() -> text(key)).isInstanceOf(S3Exception.class);
    assertThat(endpoint("\"\"")).doesNotContain("extra.aws");
    assertThat(text(key)).isEqualTo("at the provider");
  }

  private String text(String key) {
    return here.getObjectAsBytes(r -> r.bucket("far").key(key)).asUtf8String();
  }

  private String endpoint(String value) throws IOException {
    Gateway root = new Gateway(near.name(), near.root(), near.process());
    return RawRequest.of(root, "PATCH", "/-/admin/v1/buckets/far/properties")
        .body("{\"properties\":{\"extra.aws.endpoint\":" + value + "}}")
        .send()
        .text();
  }

  @Test
  void objectsGoThroughWithAllThatBelongsToThem() {
    here.putObject(
        request ->
            request
                .bucket("far")
                .key("a b/ü")
                .contentType("text/plain")
                .metadata(Map.of("color", "red"))
                .tagging("x=1&y=2"),
        RequestBody.fromString("hello"));
    HeadObjectResponse head = there.headObject(request -> request.bucket("far").key("a b/ü"));
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.metadata()).containsEntry("color", "red");
    assertThat(head.tagCount()).isEqualTo(2);
    assertThat(here.headObject(request -> request.bucket("far").key("a b/ü")).eTag())
        .isEqualTo(head.eTag());
    assertThat(
            here.getObjectAsBytes(request -> request.bucket("far").key("a b/ü").range("bytes=1-3"))
                .asUtf8String())
        .isEqualTo("ell");
    assertThat(
            here.getObjectTagging(request -> request.bucket("far").key("a b/ü")).tagSet().stream()
                .map(Tag::key))
        .containsExactlyInAnyOrder("x", "y");
    here.deleteObject(request -> request.bucket("far").key("a b/ü"));
    assertThatThrownBy(() -> there.headObject(request -> request.bucket("far").key("a b/ü")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  void listingsNameTheProvider() throws Exception {
    String before = RawRequest.of(near, "GET", "/").send().text();
    assertThat(before)
        .contains("<Name>far</Name>")
        .contains("Provider: aws")
        .contains("<Name>near</Name>")
        .contains("Provider: ais<")
        .doesNotContain("<Name>hidden</Name>");
    here.createBucket(request -> request.bucket("logs-1"));
    assertThat(there.listBuckets().buckets().stream().map(bucket -> bucket.name()))
        .contains("logs-1");
    here.deleteBucket(request -> request.bucket("logs-1"));
    RawResponse hidden = RawRequest.of(near, "GET", "/hidden").send();
    assertThat(hidden.status()).isEqualTo(404);
  }

  @Test
  void uploadsInPartsGoStraightThrough() {
    byte[] first = new byte[PART];
    byte[] last = new byte[1000];
    new Random(1).nextBytes(first);
    new Random(2).nextBytes(last);
    String id =
        here.createMultipartUpload(request -> request.bucket("far").key("parts")).uploadId();
    assertThat(
            there
                .listMultipartUploads(request -> request.bucket("far"))
                .uploads()
                .get(0)
                .uploadId())
        .isEqualTo(id);
    List<CompletedPart> parts = new ArrayList<>();
    for (byte[] body : List.of(first, last)) {
      int number = parts.size() + 1;
      String tag =
          here.uploadPart(
                  request -> request.bucket("far").key("parts").uploadId(id).partNumber(number),
                  RequestBody.fromBytes(body))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    here.completeMultipartUpload(
        request ->
            request.bucket("far").key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)));
    byte[] all = new byte[first.length + last.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    assertThat(there.getObjectAsBytes(request -> request.bucket("far").key("parts")).asByteArray())
        .isEqualTo(all);
    assertThat(here.getObjectAsBytes(request -> request.bucket("far").key("parts")).asByteArray())
        .isEqualTo(all);
  }

  @Test
  void copiesCrossTheBorderBothWays() {
    byte[] body = new byte[300_000];
    new Random(3).nextBytes(body);
    here.putObject(
        request -> request.bucket("near").key("k").metadata(Map.of("a", "b")),
        RequestBody.fromBytes(body));
    here.copyObject(
        request ->
            request
                .sourceBucket("near")
                .sourceKey("k")
                .destinationBucket("far")
                .destinationKey("copied"));
    assertThat(there.getObjectAsBytes(request -> request.bucket("far").key("copied")).asByteArray())
        .isEqualTo(body);
    assertThat(there.headObject(request -> request.bucket("far").key("copied")).metadata())
        .containsEntry("a", "b");
    here.copyObject(
        request ->
            request
                .sourceBucket("far")
                .sourceKey("copied")
                .destinationBucket("near")
                .destinationKey("back"));
    assertThat(here.getObjectAsBytes(request -> request.bucket("near").key("back")).asByteArray())
        .isEqualTo(body);
  }

  @Test
  void conditionsAreTheProvidersToHold() {
    there.putObject(request -> request.bucket("far").key("once"), RequestBody.fromString("first"));
    assertThatThrownBy(
            () ->
                here.putObject(
                    request -> request.bucket("far").key("once").ifNoneMatch("*"),
                    RequestBody.fromString("second")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(412);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
            });
    assertThat(here.getObjectAsBytes(request -> request.bucket("far").key("once")).asUtf8String())
        .isEqualTo("first");
  }

  @Test
  void aBodyThatIsNotWhatItWasSaidToBeDoesNotArrive() throws Exception {
    RawResponse refused =
        RawRequest.of(near, "PUT", "/far/bad")
            .header("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")
            .body("something else".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .send();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("<Code>BadDigest</Code>");
    assertThat(RawRequest.of(far, "HEAD", "/far/bad").send().status()).isEqualTo(404);
  }
}
