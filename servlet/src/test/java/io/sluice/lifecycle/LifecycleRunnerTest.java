package io.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Versioning;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules carried out over a store in memory, at times that tests choose. */
class LifecycleRunnerTest {
  private static final String MD5 = "Content-MD5: CY9rzUYh03PK3k6DJie09g==";
  private static final String VERSIONED =
      "<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>";

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private void rules(String bucket, String... rules) throws IOException {
    StringBuilder document = new StringBuilder("<LifecycleConfiguration>");
    for (String rule : rules) {
      document.append("<Rule><Status>Enabled</Status>").append(rule).append("</Rule>");
    }
    gateway.sendBody(document + "</LifecycleConfiguration>", "PUT /" + bucket + "?lifecycle", MD5);
  }

  private void versioning(String state) throws IOException {
    gateway.sendBody(VERSIONED.formatted(state), "PUT /bucket?versioning");
  }

  /** Carries out the rules as if so many days had passed since now. */
  private void runAfter(int days) throws IOException {
    Clock clock = Clock.fixed(Instant.now().plus(Duration.ofDays(days)), ZoneOffset.UTC);
    try (LifecycleRunner runner =
        new LifecycleRunner(gateway.storage(), LifecycleDays.CALENDAR, clock)) {
      assertThat(runner.runOnce()).isTrue();
    }
  }

  private String put(String key, String... headers) throws IOException {
    return String.valueOf(
        gateway.sendBody("test", "PUT /bucket/" + key, headers).header("x-amz-version-id"));
  }

  private boolean exists(String key) throws IOException {
    try {
      return gateway.send("GET /bucket/" + key).status() == 200;
    } catch (io.sluice.error.S3Exception e) {
      return false;
    }
  }

  private String versions() throws IOException {
    return gateway.send("GET /bucket?versions").body();
  }

  private static int count(String body, String element) {
    return body.split("<" + element + ">", -1).length - 1;
  }

  @Test
  void objectsExpireByPrefixAndNotBefore() throws IOException {
    put("a/1");
    put("b/1");
    rules("bucket", "<Prefix>a/</Prefix><Expiration><Days>2</Days></Expiration>");
    runAfter(2); // the midnight behind it has not come
    assertThat(exists("a/1")).isTrue();
    runAfter(3);
    assertThat(exists("a/1")).isFalse();
    assertThat(exists("b/1")).isTrue();
  }

  @Test
  void rulesOfAProvidersBucketAreTheProvidersToCarryOut() throws IOException {
    gateway
        .storage()
        .buckets()
        .create(
            new BucketInfo(
                new BucketName("far"), Instant.now(), "", "0", Versioning.UNVERSIONED, "aws"));
    for (String bucket : List.of("bucket", "far")) {
      gateway.sendBody("test", "PUT /" + bucket + "/a/1");
      rules(bucket, "<Prefix>a/</Prefix><Expiration><Days>2</Days></Expiration>");
    }
    runAfter(9);
    assertThat(exists("a/1")).isFalse();
    assertThat(gateway.send("GET /far/a/1").status()).isEqualTo(200);
  }

  @Test
  void disabledRulesDoNothingAndDatesDo() throws IOException {
    put("k");
    gateway.sendBody(
        "<LifecycleConfiguration><Rule><Status>Disabled</Status><Prefix/><Expiration><Days>1</Days>"
            + "</Expiration></Rule></LifecycleConfiguration>",
        "PUT /bucket?lifecycle",
        MD5);
    runAfter(9);
    assertThat(exists("k")).isTrue();
    rules("bucket", "<Prefix/><Expiration><Date>2100-01-01T00:00:00Z</Date></Expiration>");
    runAfter(9);
    assertThat(exists("k")).isTrue();
    rules("bucket", "<Prefix/><Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration>");
    runAfter(0);
    assertThat(exists("k")).isFalse();
  }

  @Test
  void filtersSelectByTagsAndSizes() throws IOException {
    put("tagged", "x-amz-tagging: a=1&b=2");
    put("half", "x-amz-tagging: a=1");
    gateway.sendBody("0123456789", "PUT /bucket/large");
    rules(
        "bucket",
        "<Filter><And><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2</Value>"
            + "</Tag></And></Filter><Expiration><Days>1</Days></Expiration>",
        "<Filter><ObjectSizeGreaterThan>4</ObjectSizeGreaterThan></Filter>"
            + "<Expiration><Days>1</Days></Expiration>");
    runAfter(3);
    assertThat(exists("tagged")).isFalse();
    assertThat(exists("half")).isTrue();
    assertThat(exists("large")).isFalse();
  }

  @Test
  void inAVersionedBucketAMarkerCoversWhatExpired() throws IOException {
    versioning("Enabled");
    String id = put("k");
    rules("bucket", "<Filter/><Expiration><Days>1</Days></Expiration>");
    runAfter(3);
    assertThat(exists("k")).isFalse();
    assertThat(gateway.send("GET /bucket/k?versionId=" + id).body()).isEqualTo("test");
    runAfter(3);
    assertThat(count(versions(), "DeleteMarker")).isEqualTo(1);
  }

  @Test
  void inASuspendedBucketTheNullVersionGoes() throws IOException {
    versioning("Enabled");
    String id = put("k");
    versioning("Suspended");
    put("k");
    rules("bucket", "<Filter/><Expiration><Days>1</Days></Expiration>");
    runAfter(3);
    assertThat(exists("k")).isFalse();
    String versions = versions();
    assertThat(count(versions, "Version")).isEqualTo(1);
    assertThat(versions).contains(id).contains("<VersionId>null</VersionId>");
  }

  @Test
  void noncurrentVersionsGoButForTheNewest() throws IOException {
    versioning("Enabled");
    String oldest = put("k");
    String kept = put("k");
    String current = put("k");
    rules(
        "bucket",
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "<NewerNoncurrentVersions>1</NewerNoncurrentVersions></NoncurrentVersionExpiration>");
    runAfter(1);
    assertThat(count(versions(), "Version")).isEqualTo(3);
    runAfter(3);
    assertThat(versions()).doesNotContain(oldest).contains(kept).contains(current);
    rules(
        "bucket",
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "</NoncurrentVersionExpiration>");
    runAfter(3);
    assertThat(versions()).doesNotContain(kept).contains(current);
  }

  @Test
  void markersThatCoverNothingGo() throws IOException {
    versioning("Enabled");
    put("covered");
    gateway.send("DELETE /bucket/covered");
    gateway.send("DELETE /bucket/lone");
    rules(
        "bucket",
        "<Filter/><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>"
            + "</Expiration>");
    runAfter(0);
    String versions = versions();
    assertThat(versions).doesNotContain("<Key>lone</Key>");
    assertThat(count(versions, "DeleteMarker")).isEqualTo(1);
    assertThat(count(versions, "Version")).isEqualTo(1);
  }

  @Test
  void noncurrentMarkersGoLikeVersions() throws IOException {
    versioning("Enabled");
    gateway.send("DELETE /bucket/k");
    String current = put("k");
    rules(
        "bucket",
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "</NoncurrentVersionExpiration>");
    runAfter(3);
    assertThat(versions()).contains(current).doesNotContain("<DeleteMarker>");
  }

  @Test
  void aLockedVersionStays() throws IOException {
    gateway.send("PUT /locked", "x-amz-bucket-object-lock-enabled: true");
    Answer held =
        gateway.sendBody("test", "PUT /locked/k", MD5, "x-amz-object-lock-legal-hold: ON");
    String id = Objects.requireNonNull(held.header("x-amz-version-id"));
    gateway.sendBody("test", "PUT /locked/k");
    rules(
        "locked",
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "</NoncurrentVersionExpiration>");
    runAfter(9);
    assertThat(gateway.send("GET /locked/k?versionId=" + id).body()).isEqualTo("test");
    gateway.sendBody(
        "<LegalHold><Status>OFF</Status></LegalHold>",
        "PUT /locked/k?legal-hold&versionId=" + id,
        MD5);
    runAfter(9);
    assertThat(gateway.refused("GET /locked/k?versionId=" + id).code())
        .isEqualTo(S3ErrorCode.NO_SUCH_VERSION);
  }

  @Test
  void uploadsAreAborted() throws IOException {
    gateway.send("POST /bucket/old/k?uploads");
    gateway.send("POST /bucket/other?uploads");
    rules(
        "bucket",
        "<Filter><Prefix>old/</Prefix></Filter><AbortIncompleteMultipartUpload>"
            + "<DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>");
    runAfter(0);
    assertThat(count(gateway.send("GET /bucket?uploads").body(), "Upload")).isEqualTo(2);
    runAfter(3);
    assertThat(gateway.send("GET /bucket?uploads").body())
        .contains("<Key>other</Key>")
        .doesNotContain("<Key>old/k</Key>");
  }

  @Test
  void versionsMoveDownThroughTheClasses() throws IOException {
    gateway.sendBody("x".repeat(128 * 1024), "PUT /bucket/large");
    put("small");
    rules(
        "bucket",
        "<Filter/>"
            + "<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
            + "<Transition><Days>60</Days><StorageClass>GLACIER</StorageClass></Transition>");
    String before = gateway.send("HEAD /bucket/large").header("Last-Modified");
    runAfter(32);
    assertThat(gateway.send("HEAD /bucket/large").header("x-amz-storage-class"))
        .isEqualTo("STANDARD_IA");
    assertThat(gateway.send("HEAD /bucket/small").header("x-amz-storage-class")).isNull();
    runAfter(62);
    Answer head = gateway.send("HEAD /bucket/large");
    assertThat(head.header("x-amz-storage-class")).isEqualTo("GLACIER");
    assertThat(head.header("Last-Modified")).isEqualTo(before);
    runAfter(32);
    assertThat(gateway.refused("GET /bucket/large").code())
        .isEqualTo(S3ErrorCode.INVALID_OBJECT_STATE);
  }

  @Test
  void aFilterBySizeOrAHeaderMovesSmallObjects() throws IOException {
    put("small");
    String glacier = "<Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>";
    gateway.sendBody(
        "<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter/>"
            + glacier
            + "</Rule></LifecycleConfiguration>",
        "PUT /bucket?lifecycle",
        MD5,
        "x-amz-transition-default-minimum-object-size: varies_by_storage_class");
    runAfter(3);
    assertThat(gateway.send("HEAD /bucket/small").header("x-amz-storage-class"))
        .isEqualTo("GLACIER");
    put("small");
    rules("bucket", "<Filter><ObjectSizeLessThan>100</ObjectSizeLessThan></Filter>" + glacier);
    runAfter(3);
    assertThat(gateway.send("HEAD /bucket/small").header("x-amz-storage-class"))
        .isEqualTo("GLACIER");
  }

  @Test
  void manyPagesOfVersionsAreWalked() throws IOException {
    versioning("Enabled");
    for (int i = 0; i < 1500; i++) {
      put("k");
    }
    for (int i = 0; i < 700; i++) {
      put("l" + i);
    }
    rules(
        "bucket",
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "</NoncurrentVersionExpiration>",
        "<Filter><Prefix>l</Prefix></Filter><Expiration><Days>1</Days></Expiration>");
    runAfter(3);
    String versions = gateway.send("GET /bucket?versions&prefix=k").body();
    assertThat(count(versions, "Version")).isEqualTo(1);
    assertThat(count(gateway.send("GET /bucket?list-type=2").body(), "Contents")).isEqualTo(1);
  }

  @Test
  void aClosedRunnerStopsAndAnotherGoesOn() throws IOException {
    for (int i = 0; i < 2500; i++) {
      put("k" + i);
    }
    rules("bucket", "<Filter/><Expiration><Days>1</Days></Expiration>");
    Clock clock = Clock.fixed(Instant.now().plus(Duration.ofDays(3)), ZoneOffset.UTC);
    LifecycleRunner stopped = new LifecycleRunner(gateway.storage(), LifecycleDays.CALENDAR, clock);
    stopped.close();
    assertThat(stopped.runOnce()).isFalse();
    assertThat(
            gateway
                .storage()
                .buckets()
                .setting(new io.sluice.model.BucketName("bucket"), "lifecycle-position"))
        .isPresent();
    runAfter(3);
    assertThat(count(gateway.send("GET /bucket?list-type=2").body(), "Contents")).isZero();
    assertThat(
            gateway
                .storage()
                .buckets()
                .setting(new io.sluice.model.BucketName("bucket"), "lifecycle-position"))
        .isEmpty();
  }

  @Test
  void aThreadCarriesThemOutUntilItIsClosed() throws Exception {
    put("k");
    rules("bucket", "<Filter/><Expiration><Days>1</Days></Expiration>");
    LifecycleDays seconds = new LifecycleDays(Duration.ofSeconds(1));
    try (LifecycleRunner runner =
        new LifecycleRunner(gateway.storage(), seconds, Clock.systemUTC())) {
      runner.start(Duration.ofMillis(50));
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (exists("k") && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    }
    assertThat(exists("k")).isFalse();
  }
}
