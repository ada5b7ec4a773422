package io.sluice.operation.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lifecycle rules and archives as clients see them. */
class LifecycleTest {
  private static final String MD5 = "Content-MD5: CY9rzUYh03PK3k6DJie09g==";
  private static final String SIZE = "x-amz-transition-default-minimum-object-size";
  private static final String RESTORE = "<RestoreRequest><Days>2</Days></RestoreRequest>";

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private static String document(String rules) {
    return "<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>";
  }

  private static String rule(String id, String inner) {
    return "<Rule><ID>" + id + "</ID><Status>Enabled</Status>" + inner + "</Rule>";
  }

  private Answer put(String rules, String... headers) throws IOException {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = MD5;
    return gateway.sendBody(document(rules), "PUT /bucket?lifecycle", all);
  }

  /** The midnight that ends so many days from now. */
  private static String midnightAfter(int days) {
    Instant end = Instant.now().plus(Duration.ofDays(days + 1L)).truncatedTo(ChronoUnit.DAYS);
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(end.atOffset(ZoneOffset.UTC))
        .replaceFirst(", (\\d) ", ", 0$1 ");
  }

  @Test
  void aConfigurationIsPutReadAndTakenAway() throws IOException {
    assertThat(gateway.refused("GET /bucket?lifecycle").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_LIFECYCLE_CONFIGURATION);
    Answer done =
        put(rule("a", "<Prefix>p</Prefix><Expiration><Date>2030-01-01</Date></Expiration>"));
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.header(SIZE)).isEqualTo("all_storage_classes_128K");
    Answer read = gateway.send("GET /bucket?lifecycle");
    assertThat(read.header(SIZE)).isEqualTo("all_storage_classes_128K");
    assertThat(read.body())
        .contains("<Rule><ID>a</ID><Prefix>p</Prefix><Status>Enabled</Status>")
        .contains("<Date>2030-01-01T00:00:00.000Z</Date>")
        .doesNotContain("Filter");
    put(
        rule("b", "<Filter/><Expiration><Days>1</Days></Expiration>"),
        SIZE + ": varies_by_storage_class");
    read = gateway.send("GET /bucket?lifecycle");
    assertThat(read.body()).contains("<ID>b</ID><Filter/>").doesNotContain("<ID>a</ID>");
    assertThat(read.header(SIZE)).isEqualTo("varies_by_storage_class");
    assertThat(gateway.send("DELETE /bucket?lifecycle").status()).isEqualTo(204);
    assertThat(gateway.send("DELETE /bucket?lifecycle").status()).isEqualTo(204);
    assertThat(gateway.refused("GET /bucket?lifecycle").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_LIFECYCLE_CONFIGURATION);
  }

  @Test
  void aChecksumAndAKnownMinimumAreWanted() {
    String good = document(rule("a", "<Prefix/><Expiration><Days>1</Days></Expiration>"));
    assertThat(gateway.refusedBody(good, "PUT /bucket?lifecycle").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.refusedBody(good, "PUT /bucket?lifecycle", MD5, SIZE + ": 1K").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.refusedBody(good, "PUT /none?lifecycle", MD5).code())
        .isEqualTo(S3ErrorCode.NO_SUCH_BUCKET);
    assertThat(gateway.refused("GET /bucket?lifecycle").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_LIFECYCLE_CONFIGURATION);
  }

  @Test
  void theEarliestExpirationIsTold() throws IOException {
    put(
        rule("late", "<Prefix/><Expiration><Days>9</Days></Expiration>")
            + rule("soon + sure", "<Prefix>a/</Prefix><Expiration><Days>3</Days></Expiration>")
            + rule(
                "tagged",
                "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>"
                    + "<Expiration><Days>1</Days></Expiration>"));
    String late = "expiry-date=\"" + midnightAfter(9) + "\", rule-id=\"late\"";
    assertThat(gateway.sendBody("x", "PUT /bucket/b").header("x-amz-expiration")).isEqualTo(late);
    assertThat(gateway.send("GET /bucket/b").header("x-amz-expiration")).isEqualTo(late);
    assertThat(gateway.send("HEAD /bucket/b").header("x-amz-expiration")).isEqualTo(late);
    Answer copy = gateway.send("PUT /bucket/a/b", "x-amz-copy-source: /bucket/b");
    assertThat(copy.header("x-amz-expiration"))
        .isEqualTo("expiry-date=\"" + midnightAfter(3) + "\", rule-id=\"soon%20%2B%20sure\"");
    gateway.sendBody("x", "PUT /bucket/t", "x-amz-tagging: k=v");
    assertThat(gateway.send("HEAD /bucket/t").header("x-amz-expiration"))
        .isEqualTo("expiry-date=\"" + midnightAfter(1) + "\", rule-id=\"tagged\"");
  }

  @Test
  void onlyTheCurrentVersionExpires() throws IOException {
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /bucket?versioning");
    String old =
        Objects.requireNonNull(gateway.sendBody("x", "PUT /bucket/k").header("x-amz-version-id"));
    gateway.sendBody("y", "PUT /bucket/k");
    put(rule("a", "<Prefix/><Expiration><Days>1</Days></Expiration>"));
    assertThat(gateway.send("HEAD /bucket/k").header("x-amz-expiration")).isNotNull();
    assertThat(gateway.send("HEAD /bucket/k?versionId=" + old).header("x-amz-expiration")).isNull();
  }

  @Test
  void anUploadTellsWhenItIsAborted() throws IOException {
    put(
        rule(
            "a",
            "<Filter><Prefix>up/</Prefix></Filter><AbortIncompleteMultipartUpload>"
                + "<DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload>"));
    Answer begun = gateway.send("POST /bucket/up/k?uploads");
    assertThat(begun.header("x-amz-abort-date")).isEqualTo(midnightAfter(2));
    assertThat(begun.header("x-amz-abort-rule-id")).isEqualTo("a");
    String id = begun.element("UploadId");
    assertThat(gateway.send("GET /bucket/up/k?uploadId=" + id).header("x-amz-abort-date"))
        .isEqualTo(midnightAfter(2));
    assertThat(gateway.send("POST /bucket/k?uploads").header("x-amz-abort-date")).isNull();
  }

  @Test
  void anArchiveIsRestoredBeforeItIsRead() throws IOException {
    gateway.sendBody("text", "PUT /bucket/k", "x-amz-storage-class: GLACIER");
    assertThat(gateway.refused("GET /bucket/k").details()).containsEntry("StorageClass", "GLACIER");
    assertThat(gateway.refused("PUT /bucket/c", "x-amz-copy-source: /bucket/k").code())
        .isEqualTo(S3ErrorCode.INVALID_OBJECT_STATE);
    Answer head = gateway.send("HEAD /bucket/k");
    assertThat(head.header("x-amz-storage-class")).isEqualTo("GLACIER");
    assertThat(head.header("x-amz-restore")).isNull();
    assertThat(gateway.sendBody(RESTORE, "POST /bucket/k?restore").status()).isEqualTo(202);
    assertThat(gateway.send("GET /bucket/k").body()).isEqualTo("text");
    assertThat(gateway.send("HEAD /bucket/k").header("x-amz-restore"))
        .isEqualTo("ongoing-request=\"false\", expiry-date=\"Mon, 05 Jan 2026 00:00:00 GMT\"");
    assertThat(gateway.sendBody(RESTORE, "POST /bucket/k?restore").status()).isEqualTo(200);
    gateway.send("PUT /bucket/c", "x-amz-copy-source: /bucket/k");
    assertThat(gateway.send("GET /bucket/c").body()).isEqualTo("text");
    gateway.pass(Duration.ofDays(3));
    assertThat(gateway.refused("GET /bucket/k").code()).isEqualTo(S3ErrorCode.INVALID_OBJECT_STATE);
    assertThat(gateway.sendBody(RESTORE, "POST /bucket/k?restore").status()).isEqualTo(202);
  }

  @Test
  void partsOfAnArchiveAreNotCopied() throws IOException {
    gateway.sendBody("text", "PUT /bucket/k", "x-amz-storage-class: DEEP_ARCHIVE");
    String id = gateway.send("POST /bucket/m?uploads").element("UploadId");
    String part = "PUT /bucket/m?partNumber=1&uploadId=" + id;
    assertThat(gateway.refused(part, "x-amz-copy-source: /bucket/k").code())
        .isEqualTo(S3ErrorCode.INVALID_OBJECT_STATE);
    gateway.sendBody(RESTORE, "POST /bucket/k?restore");
    assertThat(gateway.send(part, "x-amz-copy-source: /bucket/k").status()).isEqualTo(200);
  }

  @Test
  void listingsTellWhatIsRestoredWhenAsked() throws IOException {
    gateway.sendBody("text", "PUT /bucket/k", "x-amz-storage-class: GLACIER");
    gateway.sendBody(RESTORE, "POST /bucket/k?restore");
    String asked = "x-amz-optional-object-attributes: RestoreStatus";
    String status =
        "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>"
            + "2026-01-05T00:00:00.000Z</RestoreExpiryDate></RestoreStatus>";
    for (String line : new String[] {"?list-type=2", "", "?versions"}) {
      assertThat(gateway.send("GET /bucket" + line, asked).body()).contains(status);
      assertThat(gateway.send("GET /bucket" + line).body()).doesNotContain("RestoreStatus");
      assertThat(
              gateway.refused("GET /bucket" + line, "x-amz-optional-object-attributes: X").code())
          .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<RestoreRequest/>, MALFORMED_XML",
    "<RestoreRequest><Days>0</Days></RestoreRequest>, INVALID_ARGUMENT",
    "<RestoreRequest><Days>1</Days><Tier>Fast</Tier></RestoreRequest>, MALFORMED_XML",
    "<RestoreRequest><Days>1</Days><Type>SELECT</Type></RestoreRequest>, NOT_IMPLEMENTED",
    "<RestoreRequest><Days>1</Days></RestoreRequest>, INVALID_OBJECT_STATE"
  })
  void whatCannotBeRestoredIsRefused(String body, S3ErrorCode code) throws IOException {
    gateway.sendBody("text", "PUT /bucket/k");
    assertThat(gateway.refusedBody(body, "POST /bucket/k?restore").code()).isEqualTo(code);
  }

  @Test
  void whatIsNotThereIsNotRestored() {
    assertThat(gateway.refusedBody(RESTORE, "POST /bucket/none?restore").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }
}
