package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Container;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.WorkDirectory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The containers that the other tests do not run on each time: what containers are known to break,
 * and the way from an empty store to a listing.
 */
class ContainersIT {
  private static final String BUCKET = "containers";
  private static final List<String> TARGETS =
      List.of(
          "a%2Fb",
          "a//b",
          "a%252Fb",
          "a%3Bb",
          "a/%2E%2E/b",
          "%5C",
          "%22%3C%3E%5E%60%7B%7C%7D",
          "with%20space",
          "plus%2B",
          "%C3%BC",
          "%0A",
          "WEB-INF/web.xml",
          "META-INF/x");

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_10", "TOMCAT_DEBIAN", "JETTY_EE11", "JETTY_12_0"})
  void serves(Container container) throws Exception {
    try (Gateway gateway = container.startFor(WorkDirectory.create("container"));
        S3Client s3 = SdkClients.sync(gateway)) {
      s3.createBucket(r -> r.bucket(BUCKET));
      keysPassUntouched(gateway);
      bodiesAndMetadata(s3);
      headersArriveAsTheyWereSent(gateway);
      refusalsAreRead(gateway);
      assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).keyCount()).isGreaterThan(TARGETS.size());
    }
  }

  private static void keysPassUntouched(Gateway gateway) throws Exception {
    for (String target : TARGETS) {
      String path = "/" + BUCKET + "/" + target;
      RawResponse put = RawRequest.of(gateway, "PUT", path).body(target).send();
      assertThat(put.status()).as(target + " " + put.text()).isEqualTo(200);
    }
    for (String target : TARGETS) {
      RawResponse got = RawRequest.of(gateway, "GET", "/" + BUCKET + "/" + target).send();
      assertThat(got.text()).isEqualTo(target);
    }
  }

  private static void bodiesAndMetadata(S3Client s3) {
    byte[] bytes = new byte[6_000_000];
    Map<String, String> metadata = Map.of("under_score", "x".repeat(1900));
    s3.putObject(
        r -> r.bucket(BUCKET).key("big").metadata(metadata).contentType("Text/Plain"),
        RequestBody.fromBytes(bytes));
    assertThat(s3.headObject(r -> r.bucket(BUCKET).key("big")).metadata()).isEqualTo(metadata);
    assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("big").range("bytes=-5")).response())
        .satisfies(got -> assertThat(got.contentRange()).isEqualTo("bytes 5999995-5999999/6000000"))
        // Jetty writes the types that it knows in small letters.
        .satisfies(got -> assertThat(got.contentType()).isEqualToIgnoringCase("Text/Plain"));
    String upload = s3.createMultipartUpload(r -> r.bucket(BUCKET).key("parts")).uploadId();
    String etag =
        s3.uploadPart(
                r -> r.bucket(BUCKET).key("parts").uploadId(upload).partNumber(1),
                RequestBody.fromBytes(bytes))
            .eTag();
    s3.completeMultipartUpload(
        r ->
            r.bucket(BUCKET)
                .key("parts")
                .uploadId(upload)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    assertThat(s3.headObject(r -> r.bucket(BUCKET).key("parts")).contentLength())
        .isEqualTo(bytes.length);
  }

  /** A head of 20 KB in 150 headers. */
  private static void headersArriveAsTheyWereSent(Gateway gateway) throws Exception {
    RawRequest many = RawRequest.of(gateway, "GET", "/" + BUCKET + "/plus%2B");
    for (int i = 0; i < 150; i++) {
      many.header("x-padding-" + i, "v".repeat(120));
    }
    assertThat(many.send().status()).isEqualTo(200);
  }

  /** The refusal of an upload arrives, whether its sender waits for leave or not. */
  private static void refusalsAreRead(Gateway gateway) throws Exception {
    String nowhere = "/" + BUCKET + "-none/k";
    RawResponse refused = RawRequest.of(gateway, "PUT", nowhere).body(new byte[5_000_000]).send();
    assertThat(refused.text()).contains("<Code>NoSuchBucket</Code>");
    String head =
        RawRequest.of(gateway, "PUT", nowhere)
            .header("expect", "100-continue")
            .header("content-length", "5000000")
            .signedHead();
    assertThat(RawHttp.sendHead(gateway.endpoint(), head).status()).isEqualTo(404);
  }
}
