package io.sluice.auth;

import static io.sluice.auth.AuthFixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.checksum.BodyDigests;
import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not chunked: what is computed, what is compared, and when. */
class RequestBodyTest {
  private static final byte[] DATA = "123456789".getBytes(StandardCharsets.US_ASCII);
  private static final String MD5 = "25f9e794323b453885f5181f1b624d0b";
  private static final String EMPTY_SHA256 = TestClient.hex(TestClient.sha256(new byte[0]));
  private static final TestRequest PUT =
      TestRequest.of("PUT", "/bucket/key").with("Content-Length", "9").body(DATA);

  private final Authenticator authenticator = AuthFixture.authenticator(AuthFixture.settings());

  private VerifiedBody body(TestRequest request) {
    return authenticator.authenticate(request).body(request.source());
  }

  @Test
  void digestsOfAnyBody() throws Exception {
    VerifiedBody body = body(PUT);
    assertThat(body.hasDeclaredChecksum()).isFalse();
    assertThat(body.hasSignedDigest()).isFalse();
    assertThat(body.lengthBytes()).hasValue(9);
    assertThat(body.readAll(9)).isEqualTo(DATA);
    assertThat(body.md5Hex()).isEqualTo(MD5);
    assertThat(body.checksums())
        .containsExactly(ChecksumDigest.checksum(ChecksumAlgorithm.CRC64NVME, DATA));
    assertThat(TestClient.hex(body.checksums().get(0).digest())).isEqualTo("ae8b14860a799888");
  }

  @Test
  void digestsOfTheReadersChoice() throws Exception {
    VerifiedBody body = body(PUT);
    BodyDigests digests = new BodyDigests(ChecksumAlgorithm.XXHASH64, false);
    assertThat(body.stream(digests).readAllBytes()).isEqualTo(DATA);
    assertThat(body.checksums())
        .containsExactly(ChecksumDigest.checksum(ChecksumAlgorithm.XXHASH64, DATA));
    assertThatThrownBy(body::md5Hex).isInstanceOf(IllegalStateException.class);
    VerifiedBody none = body(PUT);
    assertThat(none.stream(new BodyDigests(null, true)).readAllBytes()).isEqualTo(DATA);
    assertThat(none.checksums()).isEmpty();
    assertThat(none.md5Hex()).isEqualTo(MD5);
  }

  @Test
  void whatIsDeclaredIsComparedWhateverTheReaderChose() {
    BodyDigests nothing = new BodyDigests(null, false);
    byte[] other = ChecksumDigest.digest(ChecksumAlgorithm.MD5, new byte[1]);
    VerifiedBody body = body(PUT.with("Content-MD5", Base64.getEncoder().encodeToString(other)));
    assertFails(S3ErrorCode.BAD_DIGEST, () -> body.stream(nothing).readAllBytes());
    VerifiedBody crc = body(PUT.with("x-amz-checksum-crc32", "AAAAAA=="));
    assertFails(S3ErrorCode.BAD_DIGEST, () -> crc.stream(nothing).readAllBytes());
  }

  @Test
  void noBody() throws Exception {
    TestRequest request = TestRequest.of("PUT", "/bucket/key").with("Content-Length", "0");
    VerifiedBody body = body(request);
    assertThat(body.readAll(0)).isEmpty();
    assertThat(body.md5Hex()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void nothingIsOpenedBeforeItIsAskedFor() throws Exception {
    VerifiedBody body =
        authenticator
            .authenticate(PUT)
            .body(
                () -> {
                  throw new IOException("opened");
                });
    assertThat(body.lengthBytes()).hasValue(9);
    assertThatThrownBy(body::stream).isInstanceOf(IOException.class).hasMessage("opened");
  }

  /** Whoever stops at the known length has verified nothing, and gets no ETag to commit. */
  @Test
  void digestsAreClosedBeforeTheEnd() throws Exception {
    VerifiedBody body = body(PUT);
    assertThat(body.stream().read(new byte[9])).isEqualTo(9);
    assertThatThrownBy(body::md5Hex).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::checksums).isInstanceOf(IllegalStateException.class);
    assertThat(body.stream().read()).isEqualTo(-1);
    assertThat(body.md5Hex()).isEqualTo(MD5);
  }

  @ParameterizedTest
  @EnumSource(ChecksumAlgorithm.class)
  void declaredChecksum(ChecksumAlgorithm algorithm) throws Exception {
    String value = ChecksumDigest.checksum(algorithm, DATA).value();
    VerifiedBody right =
        body(
            PUT.with(algorithm.headerName(), value)
                .with("x-amz-sdk-checksum-algorithm", algorithm.wireName()));
    assertThat(right.hasDeclaredChecksum()).isTrue();
    right.readAll(9);
    assertThat(right.checksums()).extracting(Checksum::value).containsExactly(value);
    TestRequest wrong =
        PUT.with(algorithm.headerName(), ChecksumDigest.checksum(algorithm, new byte[0]).value());
    S3Exception failure = assertFails(S3ErrorCode.BAD_DIGEST, () -> body(wrong).readAll(9));
    assertThat(failure.message())
        .isEqualTo(
            "The "
                + algorithm.wireName()
                + " you specified did not match the calculated checksum.");
    for (String malformed : new String[] {"", "AAAA", "****", value + "-2"}) {
      assertFails(
          S3ErrorCode.INVALID_REQUEST, () -> body(PUT.with(algorithm.headerName(), malformed)));
    }
  }

  @Test
  void oneChecksumOnly() {
    TestRequest request =
        PUT.with(
                "x-amz-checksum-crc32",
                ChecksumDigest.checksum(ChecksumAlgorithm.CRC32, DATA).value())
            .with(
                "x-amz-checksum-sha1",
                ChecksumDigest.checksum(ChecksumAlgorithm.SHA1, DATA).value());
    S3Exception failure = assertFails(S3ErrorCode.INVALID_REQUEST, () -> body(request));
    assertThat(failure.message())
        .isEqualTo(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-sdk-checksum-algorithm", "x-amz-checksum-algorithm"})
  void namedAlgorithmAgrees(String header) {
    TestRequest request =
        PUT.with(
            "x-amz-checksum-crc32", ChecksumDigest.checksum(ChecksumAlgorithm.CRC32, DATA).value());
    assertFails(S3ErrorCode.INVALID_REQUEST, () -> body(request.with(header, "SHA256")));
    assertThat(body(request.with(header, "crc32")).hasDeclaredChecksum()).isTrue();
  }

  /** There the header speaks of the object, and the body is a list of parts. */
  @Test
  void checksumOfCompleteMultipartUploadIsNotTheBodys() throws Exception {
    TestRequest request =
        TestRequest.of("POST", "/bucket/key?uploadId=1").with("Content-Length", "9").body(DATA);
    for (String value : new String[] {"AAAAAA==", "AAAAAA==-2"}) {
      VerifiedBody body = body(request.with("x-amz-checksum-crc32", value));
      assertThat(body.readAll(9)).isEqualTo(DATA);
    }
  }

  @Test
  void trailersNeedAFormThatHasThem() {
    assertFails(
        S3ErrorCode.INVALID_REQUEST, () -> body(PUT.with("x-amz-trailer", "x-amz-checksum-crc32")));
  }

  @Test
  void contentMd5() throws Exception {
    String right =
        Base64.getEncoder().encodeToString(ChecksumDigest.digest(ChecksumAlgorithm.MD5, DATA));
    VerifiedBody body = body(PUT.with("Content-MD5", right));
    assertThat(body.hasDeclaredChecksum()).isTrue();
    assertThat(body.readAll(9)).isEqualTo(DATA);
    assertFails(
        S3ErrorCode.BAD_DIGEST,
        () -> body(PUT.with("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")).readAll(9));
    for (String malformed : new String[] {"", "AAAA", "not base64!", MD5}) {
      assertFails(S3ErrorCode.INVALID_DIGEST, () -> body(PUT.with("Content-MD5", malformed)));
    }
  }

  @Test
  void payloadHash() throws Exception {
    String right = TestClient.hex(TestClient.sha256(DATA));
    for (String hash : new String[] {right, right.toUpperCase(java.util.Locale.ROOT)}) {
      assertThat(body(PUT.with("x-amz-content-sha256", hash)).readAll(9)).isEqualTo(DATA);
      assertThat(body(PUT.with("x-amz-content-sha256", hash)).hasSignedDigest())
          .isEqualTo(hash.length() == 64);
    }
    S3Exception failure =
        assertFails(
            S3ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH,
            () -> body(PUT.with("x-amz-content-sha256", EMPTY_SHA256)).readAll(9));
    assertThat(failure.details())
        .containsEntry("ClientComputedContentSHA256", EMPTY_SHA256)
        .containsEntry("S3ComputedContentSHA256", right);
  }

  /** Digests are spent after the first comparison, and a spent digest is that of no bytes. */
  @Test
  void failureIsFinal() throws Exception {
    InputStream in = body(PUT.with("x-amz-content-sha256", EMPTY_SHA256)).stream();
    assertThat(in.read(new byte[9])).isEqualTo(9);
    assertFails(S3ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH, in::read);
    assertFails(S3ErrorCode.INCOMPLETE_BODY, in::read);
    assertFails(S3ErrorCode.INCOMPLETE_BODY, in::read);
  }

  @ParameterizedTest
  @CsvSource({"8", "10"})
  void lengthIsKept(int length) {
    TestRequest request = PUT.with("Content-Length", Integer.toString(length));
    assertFails(S3ErrorCode.INCOMPLETE_BODY, () -> body(request).readAll(100));
  }

  @Test
  void connectionThatBreaks() {
    assertFails(
        S3ErrorCode.INCOMPLETE_BODY,
        () -> authenticator.authenticate(PUT).body(() -> broken(new EOFException())).readAll(9));
    assertThatThrownBy(
            () ->
                authenticator
                    .authenticate(PUT)
                    .body(() -> broken(new IOException("reset")))
                    .readAll(9))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  private static InputStream broken(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }
    };
  }

  @Test
  void unknownLength() throws Exception {
    TestRequest request = PUT.without("Content-Length").with("Transfer-Encoding", "chunked");
    assertThat(body(request).lengthBytes()).isEmpty();
    assertThat(body(request).readAll(9)).isEqualTo(DATA);
    assertFails(S3ErrorCode.MAX_MESSAGE_LENGTH_EXCEEDED, () -> body(request).readAll(8));
    assertThat(body(request.with("Content-Length", "3")).lengthBytes()).isEmpty();
  }

  @Test
  void tooLongIsRefusedUnread() {
    assertFails(
        S3ErrorCode.MAX_MESSAGE_LENGTH_EXCEEDED,
        () ->
            authenticator.authenticate(PUT).body(() -> broken(new IOException("read"))).readAll(8));
  }

  @Test
  void bytesPassThroughUnchanged() throws Exception {
    byte[] large = new byte[3_000_000];
    new java.util.Random(1).nextBytes(large);
    TestRequest request = PUT.with("Content-Length", "3000000").body(large);
    VerifiedBody body =
        authenticator.authenticate(request).body(() -> new ByteArrayInputStream(large));
    assertThat(Arrays.equals(body.stream().readAllBytes(), large)).isTrue();
  }
}
