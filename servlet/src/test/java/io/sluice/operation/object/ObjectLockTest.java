package io.sluice.operation.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Object lock over a store in memory, with a clock that tests advance. */
class ObjectLockTest {
  private static final String MD5 = "Content-MD5: CY9rzUYh03PK3k6DJie09g==";
  private static final String BYPASS = "x-amz-bypass-governance-retention: true";
  private static final String MODE = "x-amz-object-lock-mode: ";
  private static final String UNTIL = "x-amz-object-lock-retain-until-date: ";
  private static final Duration DAY = Duration.ofDays(1);
  private static final String PROTECTED = "Access Denied because object protected by object lock.";

  private RequestFixture gateway;

  @BeforeEach
  void makeBuckets() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.send("PUT /locked", "x-amz-bucket-object-lock-enabled: true");
  }

  private static String day(int number) {
    return RequestFixture.NOW.plus(DAY.multipliedBy(number)).toString();
  }

  private static String retention(String mode, String until) {
    return "<Retention xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Mode>%s</Mode>"
            .formatted(mode)
        + "<RetainUntilDate>%s</RetainUntilDate></Retention>".formatted(until);
  }

  private String put(String... headers) throws IOException {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = MD5;
    return version(gateway.sendBody("test", "PUT /locked/k", all));
  }

  private static String version(Answer answer) {
    return Objects.requireNonNull(answer.header("x-amz-version-id"));
  }

  private void retain(String id, String mode, int day, String... headers) throws IOException {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = MD5;
    gateway.sendBody(retention(mode, day(day)), "PUT /locked/k?retention&versionId=" + id, all);
  }

  private S3Exception refusedRetention(String body, String id, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = MD5;
    return gateway.refusedBody(body, "PUT /locked/k?retention&versionId=" + id, all);
  }

  private void isKept(String id, String... headers) {
    S3Exception refusal = gateway.refused("DELETE /locked/k?versionId=" + id, headers);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusal.message()).isEqualTo(PROTECTED);
  }

  private void isDeleted(String id, String... headers) throws IOException {
    gateway.send("DELETE /locked/k?versionId=" + id, headers);
    assertThat(gateway.refused("GET /locked/k?versionId=" + id).code())
        .isEqualTo(S3ErrorCode.NO_SUCH_VERSION);
  }

  private void configure(String defaultRetention) throws IOException {
    gateway.sendBody(configuration(defaultRetention), "PUT /locked?object-lock", MD5);
  }

  private static String configuration(String defaultRetention) {
    return "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
        + "<DefaultRetention>%s</DefaultRetention></Rule></ObjectLockConfiguration>"
            .formatted(defaultRetention);
  }

  @Test
  void aBucketWithLocksIsVersionedForGood() throws IOException {
    assertThat(gateway.send("GET /locked?versioning").element("Status")).isEqualTo("Enabled");
    assertThat(gateway.send("GET /locked?object-lock").element("ObjectLockEnabled"))
        .isEqualTo("Enabled");
    String suspend =
        "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";
    assertThat(gateway.refusedBody(suspend, "PUT /locked?versioning").code())
        .isEqualTo(S3ErrorCode.INVALID_BUCKET_STATE);
    gateway.sendBody(suspend.replace("Suspended", "Enabled"), "PUT /locked?versioning");
    assertThat(gateway.sendBody(suspend, "PUT /bucket?versioning").status()).isEqualTo(200);
  }

  @Test
  void aVersionedBucketCanGetLocks() throws IOException {
    String body =
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
            + "</ObjectLockConfiguration>";
    assertThat(gateway.refused("GET /bucket?object-lock").code())
        .isEqualTo(S3ErrorCode.OBJECT_LOCK_CONFIGURATION_NOT_FOUND);
    assertThat(gateway.refusedBody(body, "PUT /bucket?object-lock", MD5).code())
        .isEqualTo(S3ErrorCode.INVALID_BUCKET_STATE);
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /bucket?versioning");
    assertThat(gateway.refusedBody(body, "PUT /bucket?object-lock").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    gateway.sendBody(body, "PUT /bucket?object-lock", MD5);
    assertThat(gateway.send("GET /bucket?object-lock").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "<Mode>GOVERNANCE</Mode>, MALFORMED_XML",
    "<Days>1</Days>, MALFORMED_XML",
    "<Mode>NONE</Mode><Days>1</Days>, MALFORMED_XML",
    "<Mode>GOVERNANCE</Mode><Days>1</Days><Years>1</Years>, MALFORMED_XML",
    "<Mode>GOVERNANCE</Mode><Days>one</Days>, MALFORMED_XML",
    "<Mode>GOVERNANCE</Mode><Days>0</Days>, INVALID_RETENTION_PERIOD",
    "<Mode>GOVERNANCE</Mode><Days>-1</Days>, INVALID_RETENTION_PERIOD",
    "<Mode>COMPLIANCE</Mode><Days>36501</Days>, INVALID_RETENTION_PERIOD",
    "<Mode>COMPLIANCE</Mode><Years>0</Years>, INVALID_RETENTION_PERIOD",
    "<Mode>COMPLIANCE</Mode><Years>101</Years>, INVALID_RETENTION_PERIOD"
  })
  void aDefaultThatMakesNoSenseIsRefused(String retention, S3ErrorCode code) {
    assertThat(gateway.refusedBody(configuration(retention), "PUT /locked?object-lock", MD5).code())
        .isEqualTo(code);
  }

  @Test
  void aConfigurationSaysEnabled() {
    assertThat(
            gateway
                .refusedBody(
                    "<ObjectLockConfiguration><ObjectLockEnabled>Disabled</ObjectLockEnabled>"
                        + "</ObjectLockConfiguration>",
                    "PUT /locked?object-lock",
                    MD5)
                .code())
        .isEqualTo(S3ErrorCode.MALFORMED_XML);
  }

  @Test
  void newVersionsGetTheDefaultRetention() throws IOException {
    configure("<Mode>GOVERNANCE</Mode><Days>2</Days>");
    assertThat(gateway.send("GET /locked?object-lock").element("Days")).isEqualTo("2");
    String id = put();
    Answer head = gateway.send("HEAD /locked/k");
    assertThat(head.header("x-amz-object-lock-mode")).isEqualTo("GOVERNANCE");
    assertThat(head.header("x-amz-object-lock-retain-until-date")).isEqualTo(day(2));
    assertThat(head.header("x-amz-object-lock-legal-hold")).isNull();
    isKept(id);
    gateway.pass(DAY.multipliedBy(2));
    isDeleted(id);
  }

  @Test
  void headersComeBeforeTheDefault() throws IOException {
    configure("<Mode>COMPLIANCE</Mode><Years>1</Years>");
    put(MODE + "GOVERNANCE", UNTIL + day(3), "x-amz-object-lock-legal-hold: ON");
    Answer answer = gateway.send("GET /locked/k");
    assertThat(answer.header("x-amz-object-lock-mode")).isEqualTo("GOVERNANCE");
    assertThat(answer.header("x-amz-object-lock-retain-until-date")).isEqualTo(day(3));
    assertThat(answer.header("x-amz-object-lock-legal-hold")).isEqualTo("ON");
  }

  @Test
  void copiesAndUploadsAreLockedToo() throws IOException {
    String source = put(MODE + "COMPLIANCE", UNTIL + day(9));
    gateway.send("PUT /locked/free", "x-amz-copy-source: /locked/k?versionId=" + source);
    assertThat(gateway.send("HEAD /locked/free").header("x-amz-object-lock-mode")).isNull();
    gateway.send(
        "PUT /locked/copy", "x-amz-copy-source: /locked/k", MODE + "GOVERNANCE", UNTIL + day(2));
    assertThat(gateway.send("HEAD /locked/copy").header("x-amz-object-lock-retain-until-date"))
        .isEqualTo(day(2));
    configure("<Mode>GOVERNANCE</Mode><Days>1</Days>");
    gateway.send("PUT /locked/held", "x-amz-copy-source: /locked/k");
    assertThat(gateway.send("HEAD /locked/held").header("x-amz-object-lock-retain-until-date"))
        .isEqualTo(day(1));
    String upload =
        gateway
            .send("POST /locked/parts?uploads", "x-amz-object-lock-legal-hold: ON")
            .element("UploadId");
    String etag =
        gateway
            .sendBody("test", "PUT /locked/parts?partNumber=1&uploadId=" + upload)
            .header("ETag");
    gateway.sendBody(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                .formatted(etag)
            + "</CompleteMultipartUpload>",
        "POST /locked/parts?uploadId=" + upload);
    Answer head = gateway.send("HEAD /locked/parts");
    assertThat(head.header("x-amz-object-lock-legal-hold")).isEqualTo("ON");
    assertThat(head.header("x-amz-object-lock-mode")).isEqualTo("GOVERNANCE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-amz-object-lock-mode: GOVERNANCE | x-amz-tagging: a=b",
        "x-amz-object-lock-retain-until-date: 2036-01-01T00:00:00Z | x-amz-tagging: a=b",
        "x-amz-object-lock-mode: NONE | x-amz-object-lock-retain-until-date: 2036-01-01T00:00:00Z",
        "x-amz-object-lock-mode: GOVERNANCE | x-amz-object-lock-retain-until-date: tomorrow",
        "x-amz-object-lock-mode: GOVERNANCE |"
            + " x-amz-object-lock-retain-until-date: 2026-01-02T03:04:05Z",
        "x-amz-object-lock-legal-hold: MAYBE | x-amz-tagging: a=b",
      })
  void headersThatMakeNoSenseAreRefused(String first, String second) {
    assertThat(gateway.refusedBody("test", "PUT /locked/k", MD5, first, second).code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(gateway.refused("GET /locked/k").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void aLockedUploadNeedsAChecksum() throws IOException {
    String hold = "x-amz-object-lock-legal-hold: ON";
    assertThat(gateway.refusedBody("test", "PUT /locked/k", hold).code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    gateway.sendBody("test", "PUT /locked/k");
    configure("<Mode>GOVERNANCE</Mode><Days>1</Days>");
    assertThat(gateway.refusedBody("test", "PUT /locked/k").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /bucket/k?retention", "GET /bucket/k?legal-hold"})
  void aBucketWithoutLocksSaysSo(String request) throws IOException {
    gateway.sendBody("test", "PUT /bucket/k");
    S3Exception refusal = gateway.refused(request);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(refusal.message()).isEqualTo("Bucket is missing Object Lock Configuration");
    assertThat(gateway.refused(request.replace("/bucket/k", "/locked/absent")).code())
        .isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void nothingIsLockedInABucketWithoutLocks() throws IOException {
    gateway.sendBody("test", "PUT /bucket/k");
    String hold = "x-amz-object-lock-legal-hold: ON";
    assertThat(gateway.refusedBody("test", "PUT /bucket/k", MD5, hold).code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(
            gateway
                .refusedBody(retention("GOVERNANCE", day(1)), "PUT /bucket/k?retention", MD5)
                .code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(
            gateway
                .refusedBody(
                    "<LegalHold><Status>ON</Status></LegalHold>", "PUT /bucket/k?legal-hold", MD5)
                .code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.refused("DELETE /bucket/k", BYPASS).code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(gateway.send("GET /bucket/k").body()).isEqualTo("test");
  }

  @Test
  void aLegalHoldEndsWhenSomebodySaysSo() throws IOException {
    String id = put();
    assertThat(gateway.refused("GET /locked/k?legal-hold").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_OBJECT_LOCK_CONFIGURATION);
    hold("ON");
    assertThat(gateway.send("GET /locked/k?legal-hold").element("Status")).isEqualTo("ON");
    isKept(id, BYPASS);
    gateway.pass(DAY.multipliedBy(40_000));
    isKept(id);
    hold("OFF");
    isDeleted(id);
    put();
    assertThat(
            gateway
                .refusedBody(
                    "<LegalHold><Status>on</Status></LegalHold>", "PUT /locked/k?legal-hold", MD5)
                .code())
        .isEqualTo(S3ErrorCode.MALFORMED_XML);
  }

  private void hold(String status) throws IOException {
    gateway.sendBody(
        "<LegalHold><Status>%s</Status></LegalHold>".formatted(status),
        "PUT /locked/k?legal-hold",
        MD5);
  }

  @Test
  void aDeletionWithoutAVersionOnlyMarks() throws IOException {
    String id = put(MODE + "COMPLIANCE", UNTIL + day(1));
    Answer deleted = gateway.send("DELETE /locked/k");
    assertThat(deleted.header("x-amz-delete-marker")).isEqualTo("true");
    gateway.send("DELETE /locked/k?versionId=" + version(deleted));
    assertThat(gateway.send("GET /locked/k?versionId=" + id).body()).isEqualTo("test");
    isKept(id);
  }

  @Test
  void ofManyTheLockedStay() throws IOException {
    String kept = put(MODE + "GOVERNANCE", UNTIL + day(1));
    String gone = put();
    String object = "<Object><Key>k</Key><VersionId>%s</VersionId></Object>";
    String body = "<Delete>" + object.formatted(kept) + object.formatted(gone) + "</Delete>";
    Answer answer = gateway.sendBody(body, "POST /locked?delete", MD5);
    assertThat(answer.element("Code")).isEqualTo("AccessDenied");
    assertThat(answer.element("Message")).isEqualTo(PROTECTED);
    assertThat(gateway.send("GET /locked/k").header("x-amz-version-id")).isEqualTo(kept);
    assertThat(gateway.sendBody(body, "POST /locked?delete", MD5, BYPASS).element("Code")).isNull();
    assertThat(gateway.refused("GET /locked/k").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void governanceYieldsToItsOwnerAndToAdministrators() throws IOException {
    String id = put(MODE + "GOVERNANCE", UNTIL + day(5));
    isKept(id);
    isKept(id, "x-amz-bypass-governance-retention: false");
    gateway.as(new Identity("b".repeat(64), "other", "AKIDOTHER", Identity.Role.USER));
    isKept(id, BYPASS);
    gateway.as(new Identity("c".repeat(64), "root", "AKIDROOT", Identity.Role.ADMIN));
    retain(id, "GOVERNANCE", 4, BYPASS);
    gateway.as(RequestFixture.OWNER);
    isDeleted(id, BYPASS);
  }

  @Test
  void governanceIsLoosenedByABypassAlone() throws IOException {
    String id = put(MODE + "GOVERNANCE", UNTIL + day(5));
    retain(id, "GOVERNANCE", 6);
    assertThat(refusedRetention(retention("GOVERNANCE", day(5)), id).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusedRetention(retention("COMPLIANCE", day(7)), id).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusedRetention("<Retention></Retention>", id).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.send("GET /locked/k?retention").element("RetainUntilDate"))
        .isEqualTo(day(6));
    gateway.sendBody(
        "<Retention></Retention>", "PUT /locked/k?retention&versionId=" + id, MD5, BYPASS);
    assertThat(gateway.refused("GET /locked/k?retention").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_OBJECT_LOCK_CONFIGURATION);
    assertThat(gateway.send("HEAD /locked/k").header("x-amz-object-lock-mode")).isNull();
    isDeleted(id);
  }

  @Test
  void complianceIsOnlyEverProlonged() throws IOException {
    gateway.as(new Identity("c".repeat(64), "root", "AKIDROOT", Identity.Role.ADMIN));
    String id = put(MODE + "COMPLIANCE", UNTIL + day(5));
    isKept(id, BYPASS);
    retain(id, "COMPLIANCE", 5);
    retain(id, "COMPLIANCE", 6);
    for (String body :
        new String[] {
          retention("COMPLIANCE", day(5)), retention("GOVERNANCE", day(9)), "<Retention/>"
        }) {
      assertThat(refusedRetention(body, id, BYPASS).code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    }
    gateway.pass(DAY.multipliedBy(6).minusMillis(1));
    isKept(id, BYPASS);
    gateway.pass(Duration.ofMillis(1));
    retain(id, "GOVERNANCE", 7);
    isKept(id);
    isDeleted(id, BYPASS);
  }

  @Test
  void aRetentionIsWholeAndInTheFuture() throws IOException {
    String id = put();
    assertThat(gateway.refused("GET /locked/k?retention").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_OBJECT_LOCK_CONFIGURATION);
    S3Exception past = refusedRetention(retention("GOVERNANCE", day(0)), id);
    assertThat(past.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(past.message()).isEqualTo("The retain until date must be in the future!");
    for (String body :
        new String[] {
          retention("governance", day(1)),
          retention("GOVERNANCE", "later"),
          retention("GOVERNANCE", "9999-12-31T23:59:59-01:00"),
          retention("", day(1)),
          "<Retention><Mode>GOVERNANCE</Mode></Retention>",
          "<Other/>"
        }) {
      assertThat(refusedRetention(body, id).code()).as(body).isEqualTo(S3ErrorCode.MALFORMED_XML);
    }
    assertThat(
            gateway.refusedBody(retention("GOVERNANCE", day(1)), "PUT /locked/k?retention").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @Test
  void datesComeBackAsMoments() throws IOException {
    String id = put();
    Instant until = Instant.parse("2030-05-06T07:08:09Z");
    gateway.sendBody(
        retention("GOVERNANCE", "2030-05-06T09:08:09+02:00"),
        "PUT /locked/k?retention&versionId=" + id,
        MD5);
    String date = gateway.send("GET /locked/k?retention").element("RetainUntilDate");
    assertThat(Instant.parse(Objects.requireNonNull(date))).isEqualTo(until);
  }

  @Test
  void aBucketWithALockedVersionStays() throws IOException {
    put(MODE + "GOVERNANCE", UNTIL + day(1));
    gateway.send("DELETE /locked/k");
    assertThat(gateway.refused("DELETE /locked").code()).isEqualTo(S3ErrorCode.BUCKET_NOT_EMPTY);
  }
}
