package io.sluice.web.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.Versioning;
import io.sluice.operation.S3Operation;
import io.sluice.operation.setting.BucketLoggingStatus.KeyFormat;
import io.sluice.operation.setting.BucketLoggingStatus.LoggingEnabled;
import io.sluice.operation.setting.BucketLoggingStatus.PartitionedPrefix;
import io.sluice.protocol.S3Target;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRecordTest {
  private static final Instant AT = Instant.parse("2026-02-06T00:00:38Z");
  private static final Instant LATER = Instant.parse("2026-02-07T01:02:03Z");
  private static final BucketName BUCKET = new BucketName("bucket");

  private static AccessRecord record(String requestLine, String userAgent) {
    return new AccessRecord(
        new AccessRecord.Asked(
            new S3Target.ObjectTarget(BUCKET, new ObjectKey("a b/ä")), S3Operation.GET_OBJECT),
        new AccessRecord.Outcome(200, null, 5, 10, 7, "v1", "REQ", "HOST="),
        new AccessRecord.Client(
            "192.0.2.3",
            "owner",
            "GET",
            "REST",
            requestLine,
            new AccessRecord.Headers("h:1", null, userAgent),
            new AccessRecord.Signing("SigV4", "AuthHeader", null, "TLSv1.3")),
        AT);
  }

  @Test
  void aLineHasTheFieldsOfS3InTheirOrder() {
    assertThat(record("GET /bucket/a%20b HTTP/1.1", "curl/8").line("OWNER", "us-east-1"))
        .isEqualTo(
            "OWNER bucket [06/Feb/2026:00:00:38 +0000] 192.0.2.3 owner REQ REST.GET.OBJECT"
                + " a%20b/%C3%A4 \"GET /bucket/a%20b HTTP/1.1\" 200 - 5 10 7 - \"-\" \"curl/8\" v1"
                + " HOST= SigV4 - AuthHeader h:1 TLSv1.3 - - us-east-1\n");
  }

  @Test
  void nothingThatAClientSendsEndsAFieldOrALine() {
    String line = record("GET /\"x HTTP/1.1", "a\" b\r\nOWNER forged").line("o", "r");

    assertThat(line).contains("\"GET /%22x HTTP/1.1\"", "\"a%22 b%0D%0AOWNER forged\"");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void signaturesAndTokensAreLeftOut() {
    String line =
        record("GET /k?X-Amz-Expires=5&X-Amz-Signature=abc&X-Amz-Security-Token=def HTTP/1.1", "x")
            .line("o", "r");

    assertThat(line).contains("X-Amz-Expires=5&X-Amz-Signature=REDACTED");
    assertThat(line).doesNotContain("abc", "def");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, GET_OBJECT, GET.OBJECT",
    "PUT, COPY_OBJECT, COPY.OBJECT",
    "PUT, UPLOAD_PART, PUT.PART",
    "POST, DELETE_OBJECTS, POST.MULTI_OBJECT_DELETE",
    "GET, GET_OBJECT_TAGGING, GET.OBJECT_TAGGING",
    "GET, GET_BUCKET_LOGGING, GET.LOGGING_STATUS",
    "GET, LIST_BUCKET_INVENTORY_CONFIGURATIONS, GET.INVENTORY",
    "OPTIONS, , OPTIONS.PREFLIGHT",
    "GET, , GET.OBJECT"
  })
  void operationsHaveS3sNames(String method, S3Operation operation, String name) {
    S3Target target = new S3Target.ObjectTarget(BUCKET, new ObjectKey("k"));

    assertThat(ResourceType.of(method, operation, target)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    ", p/2026-02-07-01-02-03-000000000000000F",
    "EventTime, p/ACCOUNT/us-east-1/bucket/2026/02/06/2026-02-06-00-00-00-000000000000000F",
    "DeliveryTime, p/ACCOUNT/us-east-1/bucket/2026/02/07/2026-02-07-01-02-03-000000000000000F"
  })
  void keysHaveOneOfTwoFormats(String dateSource, String key) {
    BucketInfo source =
        new BucketInfo(BUCKET, AT, "us-east-1", "a".repeat(64), Versioning.UNVERSIONED, "");
    KeyFormat format =
        dateSource == null ? null : new KeyFormat(null, new PartitionedPrefix(dateSource));

    String made =
        LogDelivery.Destination.of(source, new LoggingEnabled("logs", null, "p/", format), AT)
            .key(LATER, 15)
            .value();

    assertThat(made.replaceFirst("/[0-9]{12}/", "/ACCOUNT/")).isEqualTo(key);
  }
}
