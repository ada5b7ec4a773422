package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.CephGateway;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** A gateway whose buckets live in a Ceph cluster, and what the cluster makes of its requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RgwIT {
  private static final String PLAIN = "rgw-plain";
  private static final String WARM = "rgw-warm";
  private static final String VERSIONED = "rgw-versions";
  private static final int PART = 5 << 20;

  private Gateway near;
  private S3Client here;
  private S3Client there;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    CephGateway engine = CephGateway.shared();
    List<String> settings = new ArrayList<>();
    settings.addAll(
        List.of(engine.provider("ceph", "buckets=rgw-plain, rgw-versions, rgw-made-*")));
    settings.addAll(
        List.of(
            engine.provider(
                "warm",
                "buckets=" + WARM,
                "cache.capacity=100MiB",
                "cache.validate-warm-get=true",
                "cache.synchronize=true")));
    near =
        RunnerServer.start(
            directory, ServerSettings.write(directory, settings.toArray(String[]::new)));
    here = SdkClients.sync(near);
    there = SdkClients.sync(engine);
    for (String bucket : List.of(PLAIN, WARM, VERSIONED)) {
      here.createBucket(r -> r.bucket(bucket));
    }
  }

  @AfterAll
  void stop() {
    if (near != null) {
      here.close();
      there.close();
      near.close();
    }
  }

  private void put(String bucket, String key, String text) {
    here.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private static String get(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static ObjectIdentifier named(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void assertRefused(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }

  @Test
  void objectsKeepWhatBelongsToThem() {
    String key = "a b/é+%2F";
    here.putObject(
        r ->
            r.bucket(PLAIN)
                .key(key)
                .contentType("text/plain")
                .cacheControl("no-store")
                .metadata(Map.of("color", "red"))
                .tagging("x=1&y=2"),
        RequestBody.fromString("hello"));
    HeadObjectResponse head = here.headObject(r -> r.bucket(PLAIN).key(key));
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.cacheControl()).isEqualTo("no-store");
    assertThat(head.metadata()).containsEntry("color", "red");
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(get(there, PLAIN, key)).isEqualTo("hello");
    assertThat(
            here.getObjectAsBytes(r -> r.bucket(PLAIN).key(key).range("bytes=1-3")).asUtf8String())
        .isEqualTo("ell");
    assertThat(here.getObjectTagging(r -> r.bucket(PLAIN).key(key)).tagSet())
        .extracting(Tag::key)
        .containsExactlyInAnyOrder("x", "y");
    here.putObjectTagging(r -> r.bucket(PLAIN).key(key).tagging(t -> t.tagSet(tag("z", "3"))));
    assertThat(there.getObjectTagging(r -> r.bucket(PLAIN).key(key)).tagSet())
        .extracting(Tag::key)
        .containsExactly("z");
    here.deleteObjectTagging(r -> r.bucket(PLAIN).key(key));
    assertThat(there.getObjectTagging(r -> r.bucket(PLAIN).key(key)).tagSet()).isEmpty();
    assertRefused(
        416,
        "InvalidRange",
        () -> here.getObjectAsBytes(r -> r.bucket(PLAIN).key(key).range("bytes=9-")));
  }

  @Test
  void declaredChecksumsAreVerifiedOnTheWay() throws Exception {
    for (ChecksumAlgorithm algorithm :
        List.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA256, ChecksumAlgorithm.CRC64_NVME)) {
      byte[] body = random(200_000, 7);
      String key = "sum-" + algorithm;
      here.putObject(
          r -> r.bucket(PLAIN).key(key).checksumAlgorithm(algorithm), RequestBody.fromBytes(body));
      assertThat(there.getObjectAsBytes(r -> r.bucket(PLAIN).key(key)).asByteArray())
          .isEqualTo(body);
    }
    String refused =
        RawRequest.of(near, "PUT", "/" + PLAIN + "/bad")
            .header("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")
            .body("something else".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .send()
            .text();
    assertThat(refused).contains("<Code>BadDigest</Code>");
    assertRefused(404, "NoSuchKey", () -> get(there, PLAIN, "bad"));
  }

  @Test
  void conditionsAreKeptByTheEngine() {
    put(PLAIN, "once", "first");
    assertRefused(
        412,
        "PreconditionFailed",
        () ->
            here.putObject(
                r -> r.bucket(PLAIN).key("once").ifNoneMatch("*"),
                RequestBody.fromString("second")));
    String tag = here.headObject(r -> r.bucket(PLAIN).key("once")).eTag();
    here.putObject(r -> r.bucket(PLAIN).key("once").ifMatch(tag), RequestBody.fromString("second"));
    assertRefused(
        412,
        "PreconditionFailed",
        () ->
            here.putObject(
                r -> r.bucket(PLAIN).key("once").ifMatch(tag), RequestBody.fromString("third")));
    assertRefused(
        412,
        "PreconditionFailed",
        () -> here.getObjectAsBytes(r -> r.bucket(PLAIN).key("once").ifMatch(tag)));
    assertThat(get(here, PLAIN, "once")).isEqualTo("second");
  }

  @Test
  void listingsPageFoldAndDelete() {
    for (String name : List.of("a", "b/1", "b/2", "c", "é")) {
      put(PLAIN, "list/" + name, name);
    }
    assertThat(
            here.listObjectsV2Paginator(r -> r.bucket(PLAIN).prefix("list/").maxKeys(2)).contents())
        .extracting(S3Object::key)
        .containsExactly("list/a", "list/b/1", "list/b/2", "list/c", "list/é");
    var folded = here.listObjects(r -> r.bucket(PLAIN).prefix("list/").delimiter("/"));
    assertThat(folded.contents()).extracting(S3Object::key).doesNotContain("list/b/1").hasSize(3);
    assertThat(folded.commonPrefixes()).singleElement().matches(p -> p.prefix().equals("list/b/"));
    var deleted =
        here.deleteObjects(
            r -> r.bucket(PLAIN).delete(d -> d.objects(named("list/a"), named("list/never"))));
    assertThat(deleted.deleted()).hasSize(2);
    assertThat(there.listObjectsV2(r -> r.bucket(PLAIN).prefix("list/")).keyCount()).isEqualTo(4);
  }

  @Test
  void copiesAreMadeByTheEngine() {
    here.putObject(
        r -> r.bucket(PLAIN).key("from").metadata(Map.of("a", "1")),
        RequestBody.fromString("copied"));
    here.copyObject(
        r ->
            r.sourceBucket(PLAIN)
                .sourceKey("from")
                .destinationBucket(PLAIN)
                .destinationKey("to/é"));
    assertThat(get(there, PLAIN, "to/é")).isEqualTo("copied");
    assertThat(here.headObject(r -> r.bucket(PLAIN).key("to/é")).metadata())
        .containsEntry("a", "1");
    assertRefused(
        404,
        "NoSuchKey",
        () ->
            here.copyObject(
                r ->
                    r.sourceBucket(PLAIN)
                        .sourceKey("never")
                        .destinationBucket(PLAIN)
                        .destinationKey("x")));
  }

  @Test
  void uploadsInPartsTakeBodiesAndCopies() {
    byte[] first = random(PART, 1);
    here.putObject(r -> r.bucket(PLAIN).key("source"), RequestBody.fromBytes(first));
    String id = here.createMultipartUpload(r -> r.bucket(PLAIN).key("parts")).uploadId();
    String one =
        here.uploadPart(
                r -> r.bucket(PLAIN).key("parts").uploadId(id).partNumber(1),
                RequestBody.fromBytes(first))
            .eTag();
    String two =
        here.uploadPartCopy(
                r ->
                    r.sourceBucket(PLAIN)
                        .sourceKey("source")
                        .copySourceRange("bytes=0-999")
                        .destinationBucket(PLAIN)
                        .destinationKey("parts")
                        .uploadId(id)
                        .partNumber(2))
            .copyPartResult()
            .eTag();
    assertThat(here.listParts(r -> r.bucket(PLAIN).key("parts").uploadId(id)).parts()).hasSize(2);
    var made =
        here.completeMultipartUpload(
            r ->
                r.bucket(PLAIN)
                    .key("parts")
                    .uploadId(id)
                    .multipartUpload(
                        m ->
                            m.parts(
                                CompletedPart.builder().partNumber(1).eTag(one).build(),
                                CompletedPart.builder().partNumber(2).eTag(two).build())));
    HeadObjectResponse head = here.headObject(r -> r.bucket(PLAIN).key("parts"));
    assertThat(head.contentLength()).isEqualTo(PART + 1000L);
    assertThat(made.eTag()).isEqualTo(head.eTag()).endsWith("-2\"");
    String gone = here.createMultipartUpload(r -> r.bucket(PLAIN).key("gone")).uploadId();
    here.abortMultipartUpload(r -> r.bucket(PLAIN).key("gone").uploadId(gone));
    assertRefused(
        404, "NoSuchUpload", () -> here.listParts(r -> r.bucket(PLAIN).key("gone").uploadId(gone)));
  }

  @Test
  void versionsComeAndGo() {
    here.putBucketVersioning(
        r ->
            r.bucket(VERSIONED)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    String first =
        here.putObject(r -> r.bucket(VERSIONED).key("k"), RequestBody.fromString("1")).versionId();
    put(VERSIONED, "k", "2");
    assertThat(
            here.getObjectAsBytes(r -> r.bucket(VERSIONED).key("k").versionId(first))
                .asUtf8String())
        .isEqualTo("1");
    assertThat(here.deleteObject(r -> r.bucket(VERSIONED).key("k")).deleteMarker()).isTrue();
    assertRefused(404, "NoSuchKey", () -> get(here, VERSIONED, "k"));
    var listed = here.listObjectVersions(r -> r.bucket(VERSIONED));
    assertThat(listed.versions()).extracting(ObjectVersion::versionId).hasSize(2).contains(first);
    assertThat(listed.deleteMarkers()).hasSize(1);
    here.deleteObject(
        r -> r.bucket(VERSIONED).key("k").versionId(listed.deleteMarkers().get(0).versionId()));
    assertThat(get(here, VERSIONED, "k")).isEqualTo("2");
  }

  @Test
  void settingsAreTheEnginesOwn() {
    String bucket = "rgw-made-1";
    here.createBucket(r -> r.bucket(bucket));
    here.putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tag("team", "a"))));
    assertThat(there.getBucketTagging(r -> r.bucket(bucket)).tagSet())
        .containsExactly(tag("team", "a"));
    here.putBucketCors(
        r ->
            r.bucket(bucket)
                .corsConfiguration(
                    c ->
                        c.corsRules(
                            CORSRule.builder().allowedMethods("GET").allowedOrigins("*").build())));
    assertThat(there.getBucketCors(r -> r.bucket(bucket)).corsRules()).hasSize(1);
    here.putBucketLifecycleConfiguration(
        r ->
            r.bucket(bucket)
                .lifecycleConfiguration(
                    c ->
                        c.rules(
                            LifecycleRule.builder()
                                .id("old")
                                .status("Enabled")
                                .filter(f -> f.prefix("tmp/"))
                                .expiration(e -> e.days(3))
                                .build())));
    assertThat(there.getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules()).hasSize(1);
    here.deleteBucketCors(r -> r.bucket(bucket));
    assertRefused(404, "NoSuchCORSConfiguration", () -> here.getBucketCors(r -> r.bucket(bucket)));
    here.deleteBucket(r -> r.bucket(bucket));
    assertRefused(404, "NoSuchBucket", () -> there.listObjectsV2(r -> r.bucket(bucket)));
  }

  @Test
  void errorsAreRelayed() {
    assertRefused(404, "NoSuchKey", () -> get(here, PLAIN, "never"));
    assertRefused(409, "BucketNotEmpty", () -> filledAndDeleted());
    assertRefused(404, "NoSuchBucket", () -> here.listObjectsV2(r -> r.bucket("rgw-made-never")));
  }

  private void filledAndDeleted() {
    put(PLAIN, "full", "1");
    here.deleteBucket(r -> r.bucket(PLAIN));
  }

  @Test
  void readsWarmUpAndStayFresh() throws Exception {
    there.putObject(r -> r.bucket(WARM).key("k"), RequestBody.fromString("cold"));
    assertThat(isCached("k")).isFalse();
    assertThat(get(here, WARM, "k")).isEqualTo("cold");
    for (int i = 0; i < 250 && !isCached("k"); i++) {
      Thread.sleep(20); // a copy is kept after its bytes have gone to the client
    }
    assertThat(isCached("k")).isTrue();
    assertThat(get(here, WARM, "k")).isEqualTo("cold");
    there.putObject(r -> r.bucket(WARM).key("k"), RequestBody.fromString("changed"));
    assertThat(get(here, WARM, "k")).isEqualTo("changed");
    there.deleteObject(r -> r.bucket(WARM).key("k"));
    assertRefused(404, "NoSuchKey", () -> get(here, WARM, "k"));
  }

  private boolean isCached(String key) throws IOException {
    Gateway root = new Gateway(near.name(), near.root(), near.process());
    return RawRequest.of(root, "GET", "/-/admin/v1/buckets/" + WARM + "/object?key=" + key)
        .send()
        .text()
        .contains("\"cached\":true");
  }
}
