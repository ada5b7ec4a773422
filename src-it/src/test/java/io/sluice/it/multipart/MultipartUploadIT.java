package io.sluice.it.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.SdkClients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

@OverTls
class MultipartUploadIT extends GatewayCase {
  private static final int PART_BYTES = 5 << 20; // AWS: the least size of a part but the last

  private final byte[] first = random(PART_BYTES, 1);
  private final byte[] last = random(1000, 2);

  @Test
  void partsBecomeOneObject() {
    String id =
        s3.createMultipartUpload(
                r -> r.bucket(bucket).key("k").contentType("text/x").metadata(Map.of("a", "b")))
            .uploadId();
    CompletedPart two = upload(id, 2, last);
    CompletedPart one = upload(id, 1, first);
    assertThat(one.eTag()).isEqualTo('"' + Hashes.md5(first) + '"');
    assertThat(s3.listParts(r -> r.bucket(bucket).key("k").uploadId(id)).parts())
        .extracting(Part::partNumber)
        .containsExactly(1, 2);

    String etag = complete(id, one, two);

    assertThat(etag).isEqualTo(multipartEtag());
    assertThat(s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray())
        .isEqualTo(joined());
    assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).metadata()).containsEntry("a", "b");
  }

  @Test
  void anUploadIsListedUntilItIsAborted() {
    String id = create();
    upload(id, 1, last);
    assertThat(s3.listMultipartUploads(r -> r.bucket(bucket)).uploads())
        .extracting(MultipartUpload::uploadId)
        .containsExactly(id);

    s3.abortMultipartUpload(r -> r.bucket(bucket).key("k").uploadId(id));

    assertThat(s3.listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEmpty();
    assertThatThrownBy(() -> upload(id, 1, last))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("NoSuchUpload"));
  }

  @Test
  void nothingIsVisibleBeforeItIsComplete() {
    upload(create(), 1, last);

    assertThatThrownBy(() -> get("k")).isInstanceOf(NoSuchKeyException.class);
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void aWrongEtagInTheListIsInvalid() {
    String id = create();
    upload(id, 1, last);

    assertThatThrownBy(
            () -> complete(id, CompletedPart.builder().partNumber(1).eTag("\"0\"").build()))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidPart"));
  }

  @Test
  void theClientOfTheCommonRuntimeUploadsInParts() {
    byte[] bytes = random(3 * PART_BYTES + 17, 3);
    try (S3AsyncClient client = SdkClients.crt(gateway)) {
      client.putObject(r -> r.bucket(bucket).key("k"), AsyncRequestBody.fromBytes(bytes)).join();
    }

    assertThat(s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray()).isEqualTo(bytes);
  }

  private String create() {
    return s3.createMultipartUpload(r -> r.bucket(bucket).key("k")).uploadId();
  }

  private CompletedPart upload(String id, int number, byte[] bytes) {
    String etag =
        s3.uploadPart(
                r -> r.bucket(bucket).key("k").uploadId(id).partNumber(number),
                RequestBody.fromBytes(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private String complete(String id, CompletedPart... parts) {
    CompleteMultipartUploadResponse completed =
        s3.completeMultipartUpload(
            r ->
                r.bucket(bucket)
                    .key("k")
                    .uploadId(id)
                    .multipartUpload(upload -> upload.parts(List.of(parts))));
    assertThat(completed.location()).isEqualTo(gateway.endpoint() + "/" + bucket + "/k");
    return completed.eTag();
  }

  private String multipartEtag() {
    byte[] digests = new byte[32];
    System.arraycopy(Hashes.digest("MD5", first), 0, digests, 0, 16);
    System.arraycopy(Hashes.digest("MD5", last), 0, digests, 16, 16);
    return '"' + Hashes.md5(digests) + "-2\"";
  }

  private byte[] joined() {
    byte[] joined = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, joined, first.length, last.length);
    return joined;
  }

  private static byte[] random(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
