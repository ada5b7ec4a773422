package io.sluice.operation.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The multipart operations. */
class MultipartTest {
  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private String begin(String... headers) throws IOException {
    Answer answer = gateway.send("POST /bucket/key?uploads", headers);
    assertThat(answer.element("Bucket")).isEqualTo("bucket");
    assertThat(answer.element("Key")).isEqualTo("key");
    return Objects.requireNonNull(answer.element("UploadId"));
  }

  private String part(String upload, int number, String body) throws IOException {
    Answer answer =
        gateway.sendBody(body, "PUT /bucket/key?partNumber=" + number + "&uploadId=" + upload);
    assertThat(answer.body()).isEmpty();
    return answer.headers().get("ETag");
  }

  private static String listed(int number, String etag) {
    return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>";
  }

  private static String document(String... parts) {
    return "<CompleteMultipartUpload>" + String.join("", parts) + "</CompleteMultipartUpload>";
  }

  @Test
  void theObjectIsItsParts() throws IOException {
    String upload = begin("Content-Type: text/plain", "x-amz-meta-a: 1", "x-amz-tagging: t=1");
    String one = part(upload, 1, "hello ");
    String two = part(upload, 2, "world");
    Answer done =
        gateway.sendBody(
            document(listed(1, one), listed(2, two)),
            "POST /bucket/key?uploadId=" + upload,
            "x-amz-mp-object-size: 11");
    assertThat(done.element("Location")).isEqualTo("/bucket/key");
    assertThat(done.element("ETag")).matches("&quot;[0-9a-f]{32}-2&quot;");
    Answer read = gateway.send("GET /bucket/key");
    assertThat(read.body()).isEqualTo("hello world");
    assertThat(read.headers())
        .containsEntry("Content-Type", "text/plain")
        .containsEntry("x-amz-meta-a", "1")
        .containsEntry("x-amz-tagging-count", "1");
    Answer second = gateway.send("GET /bucket/key?partNumber=2");
    assertThat(second.status()).isEqualTo(206);
    assertThat(second.body()).isEqualTo("world");
    assertThat(second.headers())
        .containsEntry("x-amz-mp-parts-count", "2")
        .containsEntry("Content-Range", "bytes 6-10/11");
    Answer attributes =
        gateway.send(
            "GET /bucket/key?attributes",
            "x-amz-object-attributes: ObjectParts",
            "x-amz-max-parts: 1");
    assertThat(attributes.element("PartsCount")).isEqualTo("2");
    assertThat(attributes.element("NextPartNumberMarker")).isEqualTo("1");
  }

  @Test
  void partsAreListedByPage() throws IOException {
    String upload = begin();
    part(upload, 3, "ccc");
    part(upload, 1, "a");
    Answer first = gateway.send("GET /bucket/key?max-parts=1&uploadId=" + upload);
    assertThat(first.element("IsTruncated")).isEqualTo("true");
    assertThat(first.element("PartNumber")).isEqualTo("1");
    assertThat(first.element("NextPartNumberMarker")).isEqualTo("1");
    Answer second = gateway.send("GET /bucket/key?part-number-marker=1&uploadId=" + upload);
    assertThat(second.element("IsTruncated")).isEqualTo("false");
    assertThat(second.element("PartNumber")).isEqualTo("3");
    assertThat(second.element("Size")).isEqualTo("3");
    assertThat(second.element("StorageClass")).isEqualTo("STANDARD");
  }

  @Test
  void uploadsAreListedAndAborted() throws IOException {
    String upload = begin();
    Answer listing = gateway.send("GET /bucket?uploads&encoding-type=url&prefix=k&delimiter=/");
    assertThat(listing.element("UploadId")).isEqualTo(upload);
    assertThat(listing.element("MaxUploads")).isEqualTo("1000");
    assertThat(gateway.send("DELETE /bucket/key?uploadId=" + upload).status()).isEqualTo(204);
    assertThat(gateway.send("GET /bucket?uploads").body()).doesNotContain("<Upload>");
    assertThat(gateway.refused("GET /bucket/key?uploadId=" + upload).code())
        .isEqualTo(S3ErrorCode.NO_SUCH_UPLOAD);
  }

  @Test
  void aPartIsCopied() throws IOException {
    gateway.sendBody("0123456789", "PUT /bucket/source");
    String upload = begin();
    String line = "PUT /bucket/key?partNumber=1&uploadId=" + upload;
    Answer copied =
        gateway.send(
            line, "x-amz-copy-source: bucket/source", "x-amz-copy-source-range: bytes=2-4");
    String etag = Objects.requireNonNull(copied.element("ETag"));
    gateway.sendBody(document(listed(1, etag)), "POST /bucket/key?uploadId=" + upload);
    assertThat(gateway.send("GET /bucket/key").body()).isEqualTo("234");
  }

  @ParameterizedTest
  @CsvSource({"bytes=2-", "bytes=-2", "bytes=4-2", "2-4", "bytes=a-b"})
  void aRangeToCopyHasBothEnds(String range) throws IOException {
    gateway.sendBody("0123456789", "PUT /bucket/source");
    String line = "PUT /bucket/key?partNumber=1&uploadId=" + begin();
    assertThat(
            gateway
                .refused(
                    line, "x-amz-copy-source: bucket/source", "x-amz-copy-source-range: " + range)
                .code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /bucket/key?partNumber=0&uploadId=U, INVALID_ARGUMENT",
    "PUT /bucket/key?partNumber=10001&uploadId=U, INVALID_ARGUMENT",
    "PUT /bucket/key?partNumber=x&uploadId=U, INVALID_ARGUMENT",
    "PUT /bucket/key?partNumber=1&uploadId=unknown, NO_SUCH_UPLOAD",
    "PUT /bucket/key?partNumber=1&uploadId=, INVALID_ARGUMENT",
    "PUT /bucket/other?partNumber=1&uploadId=U, NO_SUCH_UPLOAD",
    "GET /bucket/key?max-parts=-1&uploadId=U, INVALID_ARGUMENT",
    "GET /bucket/key?part-number-marker=x&uploadId=U, INVALID_ARGUMENT",
    "GET /bucket?uploads&max-uploads=x, INVALID_ARGUMENT",
    "DELETE /bucket/key?uploadId=unknown, NO_SUCH_UPLOAD"
  })
  void refusedRequests(String line, S3ErrorCode code) throws IOException {
    assertThat(gateway.refused(line.replace("=U", "=" + begin())).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MALFORMED_XML",
    "<Part><PartNumber>1</PartNumber></Part>, MALFORMED_XML",
    "<Part><ETag>x</ETag></Part>, MALFORMED_XML",
    "<Part><PartNumber>0</PartNumber><ETag>x</ETag></Part>, INVALID_ARGUMENT",
    "<Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>, INVALID_PART",
    "<Part><PartNumber>7</PartNumber><ETag>ETAG</ETag></Part>, INVALID_PART"
  })
  void refusedLists(String parts, S3ErrorCode code) throws IOException {
    String upload = begin();
    String etag = part(upload, 1, "a");
    assertThat(
            gateway
                .refusedBody(
                    document(parts.replace("ETAG", etag)), "POST /bucket/key?uploadId=" + upload)
                .code())
        .isEqualTo(code);
    assertThat(gateway.refused("GET /bucket/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void partsAreListedInOrder() throws IOException {
    String upload = begin();
    String list = document(listed(2, part(upload, 2, "b")), listed(1, part(upload, 1, "a")));
    assertThat(gateway.refusedBody(list, "POST /bucket/key?uploadId=" + upload).code())
        .isEqualTo(S3ErrorCode.INVALID_PART_ORDER);
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, , COMPOSITE",
    "CRC32, FULL_OBJECT, FULL_OBJECT",
    "CRC64NVME, , FULL_OBJECT",
    "SHA256, COMPOSITE, COMPOSITE"
  })
  void checksumTypes(String algorithm, String asked, String expected) throws IOException {
    String header = asked == null ? "x: y" : "x-amz-checksum-type: " + asked;
    Answer answer =
        gateway.send("POST /bucket/key?uploads", "x-amz-checksum-algorithm: " + algorithm, header);
    assertThat(answer.headers())
        .containsEntry("x-amz-checksum-algorithm", algorithm)
        .containsEntry("x-amz-checksum-type", expected);
  }

  @ParameterizedTest
  @CsvSource({"SHA256, FULL_OBJECT", "CRC64NVME, COMPOSITE", "CRC32, OTHER", "NONE, COMPOSITE"})
  void checksumTypesThatDoNotFit(String algorithm, String type) {
    assertThat(
            gateway
                .refused(
                    "POST /bucket/key?uploads",
                    "x-amz-checksum-algorithm: " + algorithm,
                    "x-amz-checksum-type: " + type)
                .code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @Test
  void conditionsOfACompletion() throws IOException {
    gateway.sendBody("old", "PUT /bucket/key");
    String upload = begin();
    String list = document(listed(1, part(upload, 1, "new")));
    String line = "POST /bucket/key?uploadId=" + upload;
    assertThat(gateway.refusedBody(list, line, "If-None-Match: *").code())
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
    assertThat(gateway.refusedBody(list, line, "x-amz-mp-object-size: 4").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.send("GET /bucket/key").body()).isEqualTo("old");
    gateway.sendBody(list, line, "If-Match: *");
    assertThat(gateway.send("GET /bucket/key").body()).isEqualTo("new");
  }
}
