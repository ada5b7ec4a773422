package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class ObjectLockIT extends GatewayCase {
  private static final String TEXT = "to be kept";
  private static final int RACES = 25;

  private String locked;

  @BeforeEach
  void createLockedBucket() {
    locked = newBucketName();
    s3.createBucket(r -> r.bucket(locked).objectLockEnabledForBucket(true));
  }

  private static Instant inSeconds(int seconds) {
    return Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
  }

  private String putLocked(String key, ObjectLockMode mode, Instant until) {
    return s3.putObject(
            r -> r.bucket(locked).key(key).objectLockMode(mode).objectLockRetainUntilDate(until),
            RequestBody.fromString(TEXT))
        .versionId();
  }

  private String putPlain(String key) {
    return s3.putObject(r -> r.bucket(locked).key(key), RequestBody.fromString(TEXT)).versionId();
  }

  private void delete(String key, String version, boolean bypass) {
    s3.deleteObject(
        r -> r.bucket(locked).key(key).versionId(version).bypassGovernanceRetention(bypass));
  }

  private void retain(
      String key, String version, ObjectLockRetentionMode mode, Instant until, boolean bypass) {
    ObjectLockRetention retention =
        ObjectLockRetention.builder().mode(mode).retainUntilDate(until).build();
    s3.putObjectRetention(
        r ->
            r.bucket(locked)
                .key(key)
                .versionId(version)
                .retention(retention)
                .bypassGovernanceRetention(bypass ? true : null));
  }

  private static void fails(int status, String code, ThrowingCallable call) {
    S3Exception error = catchThrowableOfType(S3Exception.class, call);
    assertThat(error).isNotNull();
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(error.statusCode()).isEqualTo(status);
  }

  @Test
  void aBucketMadeWithLocksStaysVersioned() {
    assertThat(s3.getBucketVersioning(r -> r.bucket(locked)).status())
        .isEqualTo(BucketVersioningStatus.ENABLED);
    ObjectLockConfiguration configuration =
        s3.getObjectLockConfiguration(r -> r.bucket(locked)).objectLockConfiguration();
    assertThat(configuration.objectLockEnabled()).isEqualTo(ObjectLockEnabled.ENABLED);
    assertThat(configuration.rule()).isNull();
    fails(
        409,
        "InvalidBucketState",
        () ->
            s3.putBucketVersioning(
                r ->
                    r.bucket(locked)
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED))));
  }

  @Test
  void aBucketWithoutLocksSaysSo() {
    put("k", TEXT);
    fails(
        404,
        "ObjectLockConfigurationNotFoundError",
        () -> s3.getObjectLockConfiguration(r -> r.bucket(bucket)));
    fails(400, "InvalidRequest", () -> s3.getObjectRetention(r -> r.bucket(bucket).key("k")));
    fails(
        400,
        "InvalidRequest",
        () ->
            s3.putObject(
                r ->
                    r.bucket(bucket)
                        .key("k")
                        .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                RequestBody.fromString(TEXT)));
    fails(
        409,
        "InvalidBucketState",
        () ->
            s3.putObjectLockConfiguration(
                r ->
                    r.bucket(bucket)
                        .objectLockConfiguration(
                            c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED))));
    fails(
        400,
        "InvalidArgument",
        () -> s3.deleteObject(r -> r.bucket(bucket).key("k").bypassGovernanceRetention(true)));
    assertThat(get("k")).isEqualTo(TEXT);
  }

  @Test
  void aRetentionProtectsUntilItIsOver() throws InterruptedException {
    Instant until = inSeconds(4);
    String version = putLocked("k", ObjectLockMode.COMPLIANCE, until);
    HeadObjectResponse head = s3.headObject(r -> r.bucket(locked).key("k"));
    assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
    assertThat(head.objectLockRetainUntilDate()).isEqualTo(until);
    ObjectLockRetention retention =
        s3.getObjectRetention(r -> r.bucket(locked).key("k")).retention();
    assertThat(retention.mode()).isEqualTo(ObjectLockRetentionMode.COMPLIANCE);
    assertThat(retention.retainUntilDate()).isEqualTo(until);

    fails(403, "AccessDenied", () -> delete("k", version, false));
    fails(403, "AccessDenied", () -> delete("k", version, true));
    fails(
        403,
        "AccessDenied",
        () ->
            retain("k", version, ObjectLockRetentionMode.COMPLIANCE, until.minusSeconds(1), true));

    Thread.sleep(Math.max(0, Duration.between(Instant.now(), until).toMillis()) + 100);
    delete("k", version, false);
    fails(404, "NoSuchKey", () -> s3.getObjectAsBytes(r -> r.bucket(locked).key("k")));
  }

  @Test
  void governanceYieldsToABypass() {
    String version = putLocked("k", ObjectLockMode.GOVERNANCE, tomorrow());
    fails(403, "AccessDenied", () -> delete("k", version, false));
    fails(
        403,
        "AccessDenied",
        () -> retain("k", version, ObjectLockRetentionMode.GOVERNANCE, inSeconds(3600), false));
    retain("k", version, ObjectLockRetentionMode.GOVERNANCE, inSeconds(3600), true);
    delete("k", version, true);
    fails(404, "NoSuchKey", () -> s3.getObjectAsBytes(r -> r.bucket(locked).key("k")));
  }

  @Test
  void aLegalHoldEndsWhenSomebodySaysSo() {
    String version = putPlain("k");
    fails(
        404,
        "NoSuchObjectLockConfiguration",
        () -> s3.getObjectLegalHold(r -> r.bucket(locked).key("k")));
    hold(ObjectLockLegalHoldStatus.ON);
    assertThat(s3.getObjectLegalHold(r -> r.bucket(locked).key("k")).legalHold().status())
        .isEqualTo(ObjectLockLegalHoldStatus.ON);
    assertThat(s3.headObject(r -> r.bucket(locked).key("k")).objectLockLegalHoldStatus())
        .isEqualTo(ObjectLockLegalHoldStatus.ON);
    fails(403, "AccessDenied", () -> delete("k", version, true));
    hold(ObjectLockLegalHoldStatus.OFF);
    delete("k", version, false);
  }

  private void hold(ObjectLockLegalHoldStatus status) {
    s3.putObjectLegalHold(r -> r.bucket(locked).key("k").legalHold(h -> h.status(status)));
  }

  @Test
  void ofManyDeletionsOnlyTheLockedFail() {
    String kept = putLocked("k", ObjectLockMode.GOVERNANCE, tomorrow());
    String gone = putPlain("k");
    List<ObjectIdentifier> both =
        List.of(
            ObjectIdentifier.builder().key("k").versionId(kept).build(),
            ObjectIdentifier.builder().key("k").versionId(gone).build());
    DeleteObjectsResponse answer =
        s3.deleteObjects(r -> r.bucket(locked).delete(d -> d.objects(both)));
    assertThat(answer.deleted()).singleElement().matches(d -> gone.equals(d.versionId()));
    assertThat(answer.errors())
        .singleElement()
        .matches(e -> kept.equals(e.versionId()) && "AccessDenied".equals(e.code()));
    DeleteObjectsResponse bypassed =
        s3.deleteObjects(
            r -> r.bucket(locked).bypassGovernanceRetention(true).delete(d -> d.objects(both)));
    assertThat(bypassed.errors()).isEmpty();
  }

  @Test
  void newVersionsGetTheDefaultRetention() {
    s3.putObjectLockConfiguration(
        r ->
            r.bucket(locked)
                .objectLockConfiguration(
                    c ->
                        c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                            .rule(
                                rule ->
                                    rule.defaultRetention(
                                        d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(1)))));
    String put = putPlain("put");
    String copied =
        s3.copyObject(
                r ->
                    r.sourceBucket(locked)
                        .sourceKey("put")
                        .destinationBucket(locked)
                        .destinationKey("copied"))
            .versionId();
    String uploaded = upload("uploaded");
    Map.of("put", put, "copied", copied, "uploaded", uploaded)
        .forEach(
            (key, version) -> {
              HeadObjectResponse head = s3.headObject(r -> r.bucket(locked).key(key));
              assertThat(head.objectLockMode()).as(key).isEqualTo(ObjectLockMode.GOVERNANCE);
              assertThat(head.objectLockRetainUntilDate())
                  .as(key)
                  .isBetween(inSeconds(86_000), inSeconds(86_500));
              fails(403, "AccessDenied", () -> delete(key, version, false));
              delete(key, version, true);
            });
  }

  private String upload(String key) {
    String id = s3.createMultipartUpload(r -> r.bucket(locked).key(key)).uploadId();
    String etag =
        s3.uploadPart(
                r -> r.bucket(locked).key(key).uploadId(id).partNumber(1),
                RequestBody.fromString(TEXT))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
    return s3.completeMultipartUpload(
            r -> r.bucket(locked).key(key).uploadId(id).multipartUpload(m -> m.parts(part)))
        .versionId();
  }

  @Test
  void aPastDateAndHalfARetentionAreRefused() {
    fails(400, "InvalidArgument", () -> putLocked("k", ObjectLockMode.GOVERNANCE, inSeconds(-60)));
    fails(
        400,
        "InvalidArgument",
        () ->
            s3.putObject(
                r -> r.bucket(locked).key("k").objectLockMode(ObjectLockMode.GOVERNANCE),
                RequestBody.fromString(TEXT)));
    String version = putPlain("k");
    fails(
        400,
        "InvalidArgument",
        () -> retain("k", version, ObjectLockRetentionMode.GOVERNANCE, inSeconds(-60), false));
    fails(
        400,
        "MalformedXML",
        () ->
            s3.putObjectRetention(
                r ->
                    r.bucket(locked)
                        .key("k")
                        .retention(h -> h.mode(ObjectLockRetentionMode.GOVERNANCE))));
  }

  @Test
  void aLockedUploadNeedsAChecksum() throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + locked + "/k")
            .header("x-amz-object-lock-legal-hold", "ON")
            .send();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("InvalidRequest");
  }

  @Test
  void aLockInAPresignedAddressCounts() throws IOException {
    String version = putPlain("k");
    try (S3Presigner presigner = SdkClients.presigner(gateway)) {
      URI address =
          URI.create(
              presigner
                  .presignPutObject(
                      p ->
                          p.signatureDuration(Duration.ofMinutes(5))
                              .putObjectRequest(
                                  r ->
                                      r.bucket(locked)
                                          .key("k")
                                          .contentMD5("1B2M2Y8AsgTpgAmY7PhCfg==")
                                          .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON)))
                  .url()
                  .toString());
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==");
      connection.setRequestProperty("x-amz-object-lock-legal-hold", "ON");
      connection.setFixedLengthStreamingMode(0);
      connection.getOutputStream().close();
      assertThat(connection.getResponseCode()).isEqualTo(200);
    }
    HeadObjectResponse head = s3.headObject(r -> r.bucket(locked).key("k"));
    assertThat(head.versionId()).isNotEqualTo(version);
    assertThat(head.objectLockLegalHoldStatus()).isEqualTo(ObjectLockLegalHoldStatus.ON);
    hold(ObjectLockLegalHoldStatus.OFF);
  }

  @Test
  void nobodyElseUnlocksABucketOfSomebody() {
    String version = putLocked("k", ObjectLockMode.GOVERNANCE, tomorrow());
    try (S3Client other = SdkClients.sync(gateway, Account.OTHER)) {
      fails(
          403,
          "AccessDenied",
          () ->
              other.deleteObject(
                  r ->
                      r.bucket(locked)
                          .key("k")
                          .versionId(version)
                          .bypassGovernanceRetention(true)));
    }
    delete("k", version, true);
  }

  /** A retention and a deletion that race: never is a version gone that was said to be kept. */
  @Test
  void aRetentionAndADeletionThatRaceNeverBothSucceed() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int race = 0; race < RACES; race++) {
        String version = putPlain("k");
        Instant until = tomorrow();
        Future<Boolean> kept =
            pool.submit(
                () ->
                    succeeds(
                        () ->
                            retain(
                                "k", version, ObjectLockRetentionMode.GOVERNANCE, until, false)));
        Future<Boolean> deleted = pool.submit(() -> succeeds(() -> delete("k", version, false)));
        boolean gone = deleted.get(30, TimeUnit.SECONDS);
        assertThat(kept.get(30, TimeUnit.SECONDS)).isNotEqualTo(gone);
        assertThat(succeeds(() -> s3.headObject(r -> r.bucket(locked).key("k").versionId(version))))
            .isNotEqualTo(gone);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Two retentions that race: the longer one stays, whoever comes first. */
  @Test
  void ofTwoRetentionsThatRaceTheLongerStays() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int race = 0; race < RACES; race++) {
        String version = putPlain("k");
        Instant near = inSeconds(600);
        Instant far = tomorrow();
        Future<Boolean> shorter = pool.submit(() -> succeeds(() -> retainUntil(version, near)));
        Future<Boolean> longer = pool.submit(() -> succeeds(() -> retainUntil(version, far)));
        assertThat(longer.get(30, TimeUnit.SECONDS)).isTrue();
        shorter.get(30, TimeUnit.SECONDS);
        assertThat(
                s3.getObjectRetention(r -> r.bucket(locked).key("k").versionId(version))
                    .retention()
                    .retainUntilDate())
            .isEqualTo(far);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void retainUntil(String version, Instant until) {
    retain("k", version, ObjectLockRetentionMode.GOVERNANCE, until, false);
  }

  private static boolean succeeds(Runnable call) {
    try {
      call.run();
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isIn(403, 404);
      return false;
    }
  }
}
