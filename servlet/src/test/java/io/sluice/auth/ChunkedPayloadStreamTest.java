package io.sluice.auth;

import static io.sluice.auth.AuthFixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ChecksumAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every form of aws-chunked: whole, cut into reads at every byte, cut off at every byte, and with
 * every byte changed. A changed body must fail before its end or decode to the same bytes.
 */
class ChunkedPayloadStreamTest {
  private static final TestClient CLIENT = new TestClient();
  private static final Authenticator AUTHENTICATOR =
      AuthFixture.authenticator(AuthFixture.settings());

  /** A request and the bytes that it decodes to. */
  record Case(String name, TestRequest request, byte[] data) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    byte[] small = data(300);
    byte[] large = data(8192);
    byte[] both = join(List.of(large, small));
    return Stream.of(
        new Case("signed, empty", CLIENT.signedChunks(List.of(), null), new byte[0]),
        new Case("signed", CLIENT.signedChunks(List.of(large, small), null), both),
        new Case(
            "signed, trailer",
            CLIENT.signedChunks(List.of(large, small), trailer(ChecksumAlgorithm.CRC32, both)),
            both),
        new Case(
            "unsigned, trailer",
            CLIENT.unsignedChunks(
                List.of(small, small), trailer(ChecksumAlgorithm.CRC64NVME, small, small)),
            join(List.of(small, small))),
        new Case(
            "unsigned, empty, trailer",
            CLIENT.unsignedChunks(List.of(), trailer(ChecksumAlgorithm.SHA256)),
            new byte[0]));
  }

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  private static byte[] join(List<byte[]> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pieces.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static String trailer(ChecksumAlgorithm algorithm, byte[]... pieces) {
    byte[] digest = ChecksumDigest.digest(algorithm, join(List.of(pieces)));
    return algorithm.headerName() + ":" + Base64.getEncoder().encodeToString(digest);
  }

  private static byte[] read(TestRequest request, InputStream raw, int bufferBytes)
      throws IOException {
    InputStream in = AUTHENTICATOR.authenticate(request).body(() -> raw).stream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[bufferBytes];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      bytes.write(buffer, 0, count);
    }
    assertThat(in.read(buffer)).isEqualTo(-1);
    return bytes.toByteArray();
  }

  /** Hands out bytes up to a point, then the rest. */
  private static InputStream split(byte[] bytes, int point) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        int most = pos < point ? Math.min(length, point - pos) : length;
        return super.read(into, offset, most);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decodesIntoBuffersOfAnySize(Case test) throws Exception {
    for (int bufferBytes : new int[] {1, 7, 8191, 8192, 16 * 1024, 64 * 1024}) {
      InputStream raw = new ByteArrayInputStream(test.request().bytes());
      assertThat(read(test.request(), raw, bufferBytes)).isEqualTo(test.data());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decodesWhenSplitAtEveryPoint(Case test) throws Exception {
    byte[] body = test.request().bytes();
    for (int point = 1; point < body.length; point++) {
      for (int bufferBytes : new int[] {1000, 32 * 1024}) {
        assertThat(
                Arrays.equals(read(test.request(), split(body, point), bufferBytes), test.data()))
            .as("split at %s", point)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void failsOrDecodesTheSameWithEveryByteChanged(Case test) {
    byte[] body = test.request().bytes();
    List<Integer> insignificant = new ArrayList<>();
    for (int i = 0; i < body.length; i++) {
      for (int flip : new int[] {0x01, 0x20, 0x80}) {
        byte[] changed = body.clone();
        changed[i] ^= (byte) flip;
        try {
          byte[] decoded = read(test.request(), new ByteArrayInputStream(changed), 64 * 1024);
          assertThat(decoded).as("byte %s ^ %s", i, flip).isEqualTo(test.data());
          insignificant.add(i);
        } catch (S3Exception e) {
          assertThat(e.status()).isBetween(400, 403);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    // Letter case of hex sizes and trailer names, and the spare bits behind a base64 digest.
    assertThat(insignificant.size()).isLessThan(60);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void failsWhenCutOff(Case test) throws Exception {
    byte[] body = test.request().bytes();
    int data = Math.max(0, body.length - 400);
    for (int length = 0; length < body.length; length += length < data ? 97 : 1) {
      byte[] cut = Arrays.copyOf(body, length);
      // Only the line ends behind the last line may be missing.
      if (new String(body, StandardCharsets.ISO_8859_1).substring(length).isBlank()
          && cut[length - 1] == '\n') {
        assertThat(read(test.request(), new ByteArrayInputStream(cut), 1000))
            .isEqualTo(test.data());
      } else {
        assertThatThrownBy(() -> read(test.request(), new ByteArrayInputStream(cut), 1000))
            .as("cut off behind %s of %s", length, body.length)
            .isInstanceOf(S3Exception.class);
      }
    }
  }

  @Property(tries = 100)
  void roundTrip(
      @ForAll @Size(max = 5) List<@IntRange(min = 8192, max = 20_000) Integer> lengths,
      @ForAll @IntRange(max = 9000) int lastLength,
      @ForAll ChecksumAlgorithm algorithm,
      @ForAll @IntRange(min = 1, max = 40_000) int bufferBytes)
      throws Exception {
    List<byte[]> chunks = new ArrayList<>(lengths.stream().map(length -> data(length)).toList());
    if (lastLength > 0) {
      chunks.add(data(lastLength));
    }
    byte[] whole = join(chunks);
    String trailer = trailer(algorithm, whole);
    for (TestRequest request :
        List.of(
            CLIENT.signedChunks(chunks, null),
            CLIENT.signedChunks(chunks, trailer),
            CLIENT.unsignedChunks(chunks, trailer))) {
      InputStream raw = new ByteArrayInputStream(request.bytes());
      assertThat(read(request, raw, bufferBytes)).isEqualTo(whole);
    }
  }

  @Test
  void lineFeedsAloneWillDo() throws Exception {
    byte[] data = data(10);
    TestRequest request =
        CLIENT.unsignedChunks(List.of(data), trailer(ChecksumAlgorithm.MD5, data));
    assertThat(rewrite(request, "\r\n", "\n")).isEqualTo(data);
  }

  private static byte[] rewrite(TestRequest request, String from, String to) throws IOException {
    String body = new String(request.bytes(), StandardCharsets.ISO_8859_1).replace(from, to);
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return read(request, new ByteArrayInputStream(bytes), 1000);
  }

  @Test
  void onlyTheLastChunkMayBeSmall() {
    TestRequest request = CLIENT.signedChunks(List.of(data(8192), data(8191), data(1)), null);
    S3Exception failure =
        assertFails(
            S3ErrorCode.INVALID_CHUNK_SIZE_ERROR,
            () -> read(request, new ByteArrayInputStream(request.bytes()), 1000));
    assertThat(failure.details()).containsEntry("Chunk", "2").containsEntry("BadChunkSize", "8191");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-decoded-content-length, 299, INCOMPLETE_BODY",
    "x-amz-decoded-content-length, 301, INCOMPLETE_BODY",
    "x-amz-decoded-content-length, '', MISSING_CONTENT_LENGTH",
    "x-amz-decoded-content-length, -1, INVALID_ARGUMENT",
    "x-amz-decoded-content-length, 1e3, INVALID_ARGUMENT",
    "x-amz-trailer, x-amz-checksum-crc32c, MALFORMED_TRAILER_ERROR",
    "x-amz-trailer, x-amz-meta-late, INVALID_REQUEST",
    "x-amz-trailer, 'x-amz-checksum-crc32, x-amz-checksum-sha1', INVALID_REQUEST",
    "x-amz-checksum-crc32, AAAAAA==, INVALID_REQUEST",
    "x-amz-sdk-checksum-algorithm, SHA1, INVALID_REQUEST",
    "x-amz-sdk-checksum-algorithm, ROT13, INVALID_REQUEST",
  })
  void headersThatDoNotFit(String name, String value, S3ErrorCode code) {
    byte[] data = data(300);
    byte[] body =
        CLIENT.unsignedChunks(List.of(data), trailer(ChecksumAlgorithm.CRC32, data)).bytes();
    TestRequest request =
        CLIENT.sign(
            TestRequest.of("PUT", "/bucket/key")
                .with("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .with("x-amz-decoded-content-length", "300")
                .with("x-amz-trailer", "x-amz-checksum-crc32")
                .with(name, value));
    assertFails(code, () -> read(request, new ByteArrayInputStream(body), 1000));
  }

  @ParameterizedTest
  @CsvSource({
    "'12c\r\n', '0000000000012c\r\n', true",
    "'12c\r\n', '000000000000000012c\r\n', false",
    "'12c\r\n', '-12c\r\n', false",
    "'12c\r\n', '0x12c\r\n', false",
    "'12c\r\n', '\r\n', false",
    "'12c\r\n', '12c;note=x\r\n', true",
    "'12c\r\n', '7fffffffffffffff\r\n', false",
    "'crc32:', 'crc32 : ', true",
    "'\r\nx-amz-checksum', '\r\nx-amz-meta-a:b\r\nx-amz-checksum', false",
    "'\r\n\r\n', '\r\n\r\n\r\n', true",
    "'\r\n\r\n', '\r\n\r\nx', false",
    "'\r\nx-amz-checksum', '\r\nX-Amz-Checksum', true",
    "'\r\nx-amz-checksum', '\r\nx-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum', false",
    "'\r\nx-amz-checksum', '\r\n\r\nx-amz-checksum', false",
    "'a\r\n0\r\n', 'aX\r\n0\r\n', false",
    "'12c\r\n', 'fffffffffffffffff\r\n', false",
    "'\r\nx-amz-checksum', '\r\n: \r\nx-amz-checksum', false",
  })
  void linesAsTheyMayBeWritten(String from, String to, boolean accepted) throws Exception {
    byte[] data = new byte[300];
    Arrays.fill(data, (byte) 'a');
    TestRequest request =
        CLIENT.unsignedChunks(List.of(data), trailer(ChecksumAlgorithm.CRC32, data));
    if (accepted) {
      assertThat(rewrite(request, from, to)).isEqualTo(data);
    } else {
      assertThatThrownBy(() -> rewrite(request, from, to)).isInstanceOf(S3Exception.class);
    }
  }

  /** A line without an end must not be gathered for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"1;", ""})
  void endlessLine(String start) {
    TestRequest request = CLIENT.unsignedChunks(List.of(), trailer(ChecksumAlgorithm.CRC32));
    InputStream endless =
        new InputStream() {
          private long count;

          @Override
          public int read() {
            assertThat(count++).isLessThan(1 << 20);
            return 'a';
          }
        };
    InputStream raw =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(start.getBytes(StandardCharsets.US_ASCII)), endless);
    assertThatThrownBy(() -> read(request, raw, 1000)).isInstanceOf(S3Exception.class);
  }

  /** Chunks of one body under the head of another: the chain begins with the head's signature. */
  @Test
  void chunksBelongToTheirRequest() {
    byte[] data = data(300);
    TestRequest one = CLIENT.signedChunks(List.of(data), null);
    TestRequest other = CLIENT.signedChunks(List.of(data), trailer(ChecksumAlgorithm.CRC32, data));
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () -> read(one, new ByteArrayInputStream(other.bytes()), 1000));
  }

  /** AWS's documentation and MinIO's client for Go end the trailers before their signature. */
  @Test
  void anEmptyLineMayStandBeforeTheTrailersSignature() throws IOException {
    byte[] data = data(300);
    TestRequest request =
        CLIENT.signedChunks(List.of(data), trailer(ChecksumAlgorithm.CRC32, data));
    String body = new String(request.bytes(), StandardCharsets.ISO_8859_1);
    String ended = body.replace("\r\nx-amz-trailer-signature:", "\n\r\nx-amz-trailer-signature:");
    assertThat(ended).isNotEqualTo(body);
    InputStream raw = new ByteArrayInputStream(ended.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read(request, raw, 1000)).isEqualTo(data);
    String twice =
        ended.replace("\r\nx-amz-trailer-signature:", "\r\n\r\nx-amz-trailer-signature:");
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () ->
            read(
                request,
                new ByteArrayInputStream(twice.getBytes(StandardCharsets.ISO_8859_1)),
                1000));
  }

  @Test
  void signedTrailerNeedsItsSignature() {
    byte[] data = data(300);
    TestRequest request =
        CLIENT.signedChunks(List.of(data), trailer(ChecksumAlgorithm.CRC32, data));
    String body = new String(request.bytes(), StandardCharsets.ISO_8859_1);
    String unsigned = body.replaceAll("x-amz-trailer-signature:.*\r\n", "");
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () ->
            read(
                request,
                new ByteArrayInputStream(unsigned.getBytes(StandardCharsets.ISO_8859_1)),
                1000));
  }
}
