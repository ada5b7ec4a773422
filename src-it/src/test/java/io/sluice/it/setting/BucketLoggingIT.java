package io.sluice.it.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.SdkClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PartitionDateSource;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class BucketLoggingIT extends GatewayCase {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private String logs;

  @BeforeEach
  void createTarget() {
    assumeThat(gateway.external()).isFalse();
    logs = newBucketName();
    s3.createBucket(r -> r.bucket(logs));
  }

  private void enable() {
    s3.putBucketLogging(
        r ->
            r.bucket(bucket)
                .bucketLoggingStatus(
                    s -> s.loggingEnabled(l -> l.targetBucket(logs).targetPrefix("p/"))));
  }

  /** Waits until the logs hold a line with this text, and returns the line. */
  private String awaitLine(String text) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    String all = "";
    while (Instant.now().isBefore(deadline)) {
      all = allLines();
      for (String line : all.lines().toList()) {
        if (line.contains(text)) {
          return line;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError(text + " is not in\n" + all);
  }

  private String allLines() {
    StringBuilder lines = new StringBuilder();
    for (String key : keys()) {
      lines.append(s3.getObjectAsBytes(r -> r.bucket(logs).key(key)).asUtf8String());
    }
    return lines.toString();
  }

  private List<String> keys() {
    return s3.listObjectsV2(r -> r.bucket(logs)).contents().stream().map(S3Object::key).toList();
  }

  @Test
  void requestsLeaveRecordsInTheTarget() throws Exception {
    enable();
    assertThat(s3.getBucketLogging(r -> r.bucket(bucket)).loggingEnabled().targetBucket())
        .isEqualTo(logs);
    put("some key", "0123456789");
    RawRequest.of(gateway, "GET", "/" + bucket + "/some%20key")
        .header("range", "bytes=0-3")
        .header("user-agent", "it \"quoted\"")
        .send();
    RawRequest.of(gateway, "GET", "/" + bucket + "/denied?X-Amz-Signature=s3cret")
        .sendAnonymously();

    String get = awaitLine("REST.GET.OBJECT some%20key");
    assertThat(get)
        .contains(" " + bucket + " [", "/some%20key HTTP/1.1\" 206 - 4 10 ")
        .contains("\"it %22quoted%22\"", " SigV4 - AuthHeader ")
        .endsWith(" us-east-1");
    assertThat(awaitLine("REST.PUT.OBJECT some%20key")).contains("\" 200 - - 10 ");
    assertThat(awaitLine("REST.GET.OBJECT denied"))
        .containsPattern("\" 40[03] [A-Za-z]+ ")
        .doesNotContain("s3cret");
    assertThat(keys())
        .isNotEmpty()
        .allMatch(key -> key.matches("p/\\d{4}(-\\d\\d){5}-[0-9A-F]{16}"));
  }

  @Test
  void keysCanBePartitioned() throws Exception {
    s3.putBucketLogging(
        r ->
            r.bucket(bucket)
                .bucketLoggingStatus(
                    s ->
                        s.loggingEnabled(
                            l ->
                                l.targetBucket(logs)
                                    .targetPrefix("")
                                    .targetObjectKeyFormat(
                                        f ->
                                            f.partitionedPrefix(
                                                p ->
                                                    p.partitionDateSource(
                                                        PartitionDateSource.EVENT_TIME))))));
    put("k", "x");

    awaitLine("REST.PUT.OBJECT k ");
    assertThat(keys())
        .allMatch(
            key ->
                key.matches(
                    "\\d{12}/us-east-1/"
                        + bucket
                        + "/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\d-00-00-00-[0-9A-F]{16}"));
  }

  @Test
  void theTargetIsABucketOfTheSameOwner() {
    try (S3Client other = SdkClients.sync(gateway, Account.OTHER)) {
      String theirs = newBucketName();
      other.createBucket(r -> r.bucket(theirs));
      for (String target : List.of(theirs, newBucketName())) {
        S3Exception refused =
            catchThrowableOfType(
                S3Exception.class,
                () ->
                    s3.putBucketLogging(
                        r ->
                            r.bucket(bucket)
                                .bucketLoggingStatus(
                                    s ->
                                        s.loggingEnabled(
                                            l -> l.targetBucket(target).targetPrefix("")))));
        assertThat(refused.awsErrorDetails().errorCode())
            .isEqualTo("InvalidTargetBucketForLogging");
      }
    }
  }

  @Test
  void loggingCanBeSwitchedOff() {
    enable();

    s3.putBucketLogging(r -> r.bucket(bucket).bucketLoggingStatus(s -> {}));

    assertThat(s3.getBucketLogging(r -> r.bucket(bucket)).loggingEnabled()).isNull();
  }
}
