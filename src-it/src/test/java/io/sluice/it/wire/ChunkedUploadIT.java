package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

@OverTls
class ChunkedUploadIT extends GatewayCase {
  private static final int SIZE = 200_001;

  private final byte[] data = random(SIZE);

  @BeforeEach
  void putOldObject() {
    put("k", "old");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, SIZE})
  void signedChunks(int size) throws IOException {
    isStored(new ChunkedUpload(request(), random(size)).signed(), random(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, SIZE})
  void signedChunksWithATrailer(int size) throws IOException {
    isStored(new ChunkedUpload(request(), random(size)).signedWithTrailer(), random(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, SIZE})
  void unsignedChunksWithATrailer(int size) throws IOException {
    isStored(new ChunkedUpload(request(), random(size)).unsignedWithTrailer(), random(size));
  }

  @Test
  void aWholeBodyWithItsHash() throws IOException {
    isStored(request().payloadHash(Hashes.sha256(data)).body(data), data);
  }

  @Test
  void aWholeBodyWithoutAHash() throws IOException {
    isStored(request().payloadHash("UNSIGNED-PAYLOAD").body(data), data);
  }

  @Test
  void otherCodingsStayWhenTheFramingIsTakenOff() throws IOException {
    RawRequest request = request();
    ChunkedUpload upload = new ChunkedUpload(request, data);
    request.header("content-encoding", "gzip,aws-chunked");

    assertThat(upload.signed().send().status()).isEqualTo(200);

    assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).contentEncoding()).isEqualTo("gzip");
  }

  @Test
  void aWrongSignatureOfTheLastChunkLeavesTheOldObject() throws IOException {
    isRefused(
        new ChunkedUpload(request(), data).withWrongLastSignature().signed().send(),
        403,
        "SignatureDoesNotMatch");
  }

  @Test
  void aWrongSignatureOfTheTrailerLeavesTheOldObject() throws IOException {
    isRefused(
        new ChunkedUpload(request(), data).withWrongTrailerSignature().signedWithTrailer().send(),
        403,
        "SignatureDoesNotMatch");
  }

  @Test
  void aWrongChecksumInTheTrailerLeavesTheOldObject() throws IOException {
    isRefused(
        new ChunkedUpload(request(), data).withWrongChecksum().unsignedWithTrailer().send(),
        400,
        "BadDigest");
  }

  @ParameterizedTest
  @ValueSource(ints = {SIZE - 1, SIZE + 1})
  void aWrongDecodedLengthLeavesTheOldObject(int length) throws IOException {
    RawRequest request = request();
    ChunkedUpload upload = new ChunkedUpload(request, data);
    request.header("x-amz-decoded-content-length", Integer.toString(length));

    isRefused(upload.signed().send(), 400, "IncompleteBody");
  }

  @Test
  void aBodyThatEndsEarlyLeavesTheOldObject() throws IOException {
    RawRequest request =
        request()
            .payloadHash("UNSIGNED-PAYLOAD")
            .header("content-length", Integer.toString(SIZE))
            .body(Arrays.copyOf(data, SIZE / 2));
    try {
      // Tomcat makes a 500 of whatever is answered to a client that it takes for gone.
      assertThat(request.sendAndShut().status()).isGreaterThanOrEqualTo(400);
    } catch (IOException closed) {
      // A server may well close a connection on which the client said that it was done.
      assertThat(closed).hasMessageContaining("ended");
    }
    assertThat(get("k")).isEqualTo("old");
  }

  @Test
  void aFramedBodyThatEndsEarlyLeavesTheOldObject() throws IOException {
    RawRequest request = request();
    ChunkedUpload upload = new ChunkedUpload(request, data);
    upload.signed();

    RawResponse answer = request.body(upload.firstHalf()).send();

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(get("k")).isEqualTo("old");
  }

  private RawRequest request() {
    return RawRequest.of(gateway, "PUT", "/" + bucket + "/k");
  }

  private void isStored(RawRequest upload, byte[] bytes) throws IOException {
    RawResponse answer = upload.send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("etag")).isEqualTo('"' + Hashes.md5(bytes) + '"');
    assertThat(s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray()).isEqualTo(bytes);
    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("k"));
    assertThat(head.contentLength()).isEqualTo(bytes.length);
    assertThat(head.contentEncoding()).isNullOrEmpty();
  }

  private void isRefused(RawResponse answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(get("k")).isEqualTo("old");
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
