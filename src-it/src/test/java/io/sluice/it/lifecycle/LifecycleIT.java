package io.sluice.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/** Lifecycle rules in a gateway whose days last a second. */
class LifecycleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path directory;

  private static Gateway gateway;
  private static S3Client s3;
  private static int buckets;

  private String bucket;

  @BeforeAll
  static void start() throws Exception {
    ServerSettings settings =
        ServerSettings.write(directory, "lifecycle.day = 1", "lifecycle.interval = PT0.2S");
    gateway = RunnerServer.start(directory, settings, "-Xmx128m");
    s3 = SdkClients.sync(gateway);
  }

  @AfterAll
  static void stop() {
    s3.close();
    gateway.close();
  }

  @BeforeEach
  void createBucket() {
    bucket = "lifecycle-" + ++buckets;
    s3.createBucket(r -> r.bucket(bucket));
  }

  private PutObjectResponse put(String key) {
    return s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("text"));
  }

  private static LifecycleRule.Builder rule(String prefix) {
    return LifecycleRule.builder()
        .id("rule-" + prefix)
        .filter(f -> f.prefix(prefix))
        .status(ExpirationStatus.ENABLED);
  }

  private void rules(LifecycleRule.Builder... rules) {
    s3.putBucketLifecycleConfiguration(
        r ->
            r.bucket(bucket)
                .lifecycleConfiguration(
                    l -> l.rules(Arrays.stream(rules).map(LifecycleRule.Builder::build).toList())));
  }

  private void versioned() {
    s3.putBucketVersioning(
        r ->
            r.bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private int objects() {
    return s3.listObjectsV2(r -> r.bucket(bucket)).keyCount();
  }

  @Test
  void objectsOfAPrefixExpireAndSayWhen() throws Exception {
    put("kept/a");
    rules(rule("gone/").expiration(e -> e.days(1)));
    assertThat(put("gone/a").expiration())
        .matches("expiry-date=\"\\w{3}, .* GMT\", rule-id=\"rule-gone%2F\"");
    assertThat(put("kept/b").expiration()).isNull();
    eventually(() -> objects() == 2);
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents())
        .allMatch(each -> each.key().startsWith("kept/"));
    GetBucketLifecycleConfigurationResponse read =
        s3.getBucketLifecycleConfiguration(r -> r.bucket(bucket));
    assertThat(read.rules()).hasSize(1);
    assertThat(read.rules().get(0).expiration().days()).isEqualTo(1);
    s3.deleteBucketLifecycle(r -> r.bucket(bucket));
    S3Exception none =
        catchThrowableOfType(
            S3Exception.class, () -> s3.getBucketLifecycleConfiguration(r -> r.bucket(bucket)));
    assertThat(none.awsErrorDetails().errorCode()).isEqualTo("NoSuchLifecycleConfiguration");
  }

  @Test
  void versionsAndMarkersGoInTurn() throws Exception {
    versioned();
    put("k");
    put("k");
    rules(
        rule("").expiration(e -> e.days(1)).noncurrentVersionExpiration(n -> n.noncurrentDays(1)));
    // The current version is covered by a marker, the covered go, and then the marker does.
    eventually(
        () -> {
          var page = s3.listObjectVersions(r -> r.bucket(bucket));
          return page.versions().isEmpty() && page.deleteMarkers().isEmpty();
        });
  }

  @Test
  void aHeldVersionOutlivesItsRule() throws Exception {
    String locked = bucket + "-locked";
    s3.createBucket(r -> r.bucket(locked).objectLockEnabledForBucket(true));
    bucket = locked;
    String held =
        s3.putObject(
                r ->
                    r.bucket(locked)
                        .key("k")
                        .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                RequestBody.fromString("held"))
            .versionId();
    put("k");
    put("free");
    put("free");
    rules(rule("").noncurrentVersionExpiration(n -> n.noncurrentDays(1)));
    eventually(() -> s3.listObjectVersions(r -> r.bucket(locked)).versions().size() == 3);
    Thread.sleep(1500);
    assertThat(s3.getObjectAsBytes(r -> r.bucket(locked).key("k").versionId(held)).asUtf8String())
        .isEqualTo("held");
  }

  @Test
  void uploadsAreAborted() throws Exception {
    rules(rule("").abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1)));
    CreateMultipartUploadResponse upload = s3.createMultipartUpload(r -> r.bucket(bucket).key("k"));
    assertThat(upload.abortDate()).isAfter(Instant.now().minusSeconds(5));
    assertThat(upload.abortRuleId()).isEqualTo("rule-");
    eventually(() -> s3.listMultipartUploads(r -> r.bucket(bucket)).uploads().isEmpty());
  }

  @Test
  void anArchivedObjectIsRestoredForAWhile() throws Exception {
    put("k");
    rules(
        LifecycleRule.builder()
            .filter(f -> f.objectSizeGreaterThan(1L))
            .status(ExpirationStatus.ENABLED)
            .transitions(
                Transition.builder().days(1).storageClass(TransitionStorageClass.GLACIER).build()));
    eventually(
        () -> s3.headObject(r -> r.bucket(bucket).key("k")).storageClass() == StorageClass.GLACIER);
    InvalidObjectStateException refused =
        catchThrowableOfType(
            InvalidObjectStateException.class,
            () -> s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")));
    assertThat(refused.statusCode()).isEqualTo(403);
    s3.restoreObject(r -> r.bucket(bucket).key("k").restoreRequest(q -> q.days(10)));
    assertThat(s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asUtf8String())
        .isEqualTo("text");
    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("k"));
    assertThat(head.restore()).startsWith("ongoing-request=\"false\", expiry-date=\"");
    s3.restoreObject(r -> r.bucket(bucket).key("k").restoreRequest(q -> q.days(1)));
    eventually(() -> s3.headObject(r -> r.bucket(bucket).key("k")).restore() == null);
    assertThat(
            catchThrowableOfType(
                InvalidObjectStateException.class,
                () -> s3.getObjectAsBytes(r -> r.bucket(bucket).key("k"))))
        .isNotNull();
  }
}
