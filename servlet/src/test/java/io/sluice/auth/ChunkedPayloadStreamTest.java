package io.sluice.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chunked uploads of the S3 API reference, split everywhere, and flipped everywhere. */
class ChunkedPayloadStreamTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String DATE = "20130524T000000Z";
  private static final CredentialScope SCOPE = new CredentialScope("20130524", "us-east-1", "s3");
  private static final int LENGTH = 66_560;

  private static final String SEED =
      "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
  private static final byte[] SIGNED =
      ("10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
              + "a".repeat(65_536)
              + "\r\n400;chunk-signature="
              + "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
              + "a".repeat(1024)
              + "\r\n0;chunk-signature="
              + "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n")
          .getBytes(ISO_8859_1);

  private static final String TRAILER_SEED =
      "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
  private static final byte[] SIGNED_TRAILER =
      ("10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n"
              + "a".repeat(65_536)
              + "\r\n400;chunk-signature="
              + "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n"
              + "a".repeat(1024)
              + "\r\n0;chunk-signature="
              + "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
              + "x-amz-checksum-crc32c:sOO8/Q==\r\n"
              + "x-amz-trailer-signature:"
              + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n")
          .getBytes(ISO_8859_1);

  private static ChunkSignatures chain(String seed) {
    return new ChunkSignatures(new SigningKeys().derive(SECRET, SCOPE), DATE, SCOPE, seed);
  }

  private static ChunkedPayloadStream signed(InputStream in) {
    return new ChunkedPayloadStream(
        in, new ChunkedPayloadStream.Form(true, null, LENGTH), chain(SEED));
  }

  private static ChunkedPayloadStream trailer(InputStream in) {
    return new ChunkedPayloadStream(
        in,
        new ChunkedPayloadStream.Form(true, Set.of("x-amz-checksum-crc32c"), LENGTH),
        chain(TRAILER_SEED));
  }

  private static ChunkedPayloadStream unsigned(String body, long length, @Nullable String name) {
    return new ChunkedPayloadStream(
        new ByteArrayInputStream(body.getBytes(ISO_8859_1)),
        new ChunkedPayloadStream.Form(false, name == null ? Set.of() : Set.of(name), length),
        null);
  }

  /** Gives its bytes in two reads. */
  private static InputStream split(byte[] bytes, int at) {
    return new InputStream() {
      private int position;

      @Override
      public int read() {
        return position < bytes.length ? bytes[position++] & 0xFF : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        int end = position < at ? at : bytes.length;
        if (position == bytes.length) {
          return -1;
        }
        int count = Math.min(length, end - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
      }
    };
  }

  @Test
  void exampleSigned() throws IOException {
    assertThat(new String(signed(new ByteArrayInputStream(SIGNED)).readAllBytes(), ISO_8859_1))
        .isEqualTo("a".repeat(LENGTH));
  }

  @Test
  void exampleSignedTrailer() throws IOException {
    ChunkedPayloadStream stream = trailer(new ByteArrayInputStream(SIGNED_TRAILER));
    assertThat(stream.readAllBytes()).hasSize(LENGTH);
    assertThat(stream.trailers()).containsEntry("x-amz-checksum-crc32c", "sOO8/Q==");
  }

  @Test
  void everySplitReadsTheSame() throws IOException {
    for (int at = 1; at < SIGNED_TRAILER.length; at++) {
      // Data splits alike: one in 997 of them will do.
      if (at < 200 || at > 65_500 || at % 997 == 0) {
        assertThat(trailer(split(SIGNED_TRAILER, at)).readAllBytes()).hasSize(LENGTH);
      }
    }
  }

  @Test
  void everyFlippedByteIsNoticedBeforeTheEnd() {
    for (int at = 0; at < SIGNED_TRAILER.length; at++) {
      if (at < 200 || at > 65_500 || at % 997 == 0) {
        byte[] flipped = SIGNED_TRAILER.clone();
        flipped[at] ^= 0x04;
        assertEndsOnlyWith(flipped, at);
      }
    }
  }

  /** A flip throws, or is in the letter case or the white space that means nothing. */
  private static void assertEndsOnlyWith(byte[] flipped, int at) {
    try {
      byte[] read = trailer(new ByteArrayInputStream(flipped)).readAllBytes();
      assertThat(new String(read, ISO_8859_1)).as("flip at " + at).isEqualTo("a".repeat(LENGTH));
    } catch (S3Exception e) {
      assertThat(e.status()).as("flip at " + at).isBetween(400, 403);
    } catch (IOException e) {
      throw new AssertionError("flip at " + at, e);
    }
  }

  @Test
  void everyFlippedDataByteOrSignatureDigitThrows() {
    int first = 5 + "chunk-signature=".length() + 1;
    for (int at : new int[] {first, first + 63, 90, 40_000, 65_700, SIGNED.length - 10}) {
      byte[] flipped = SIGNED.clone();
      flipped[at] ^= 0x01;
      assertThatThrownBy(() -> signed(new ByteArrayInputStream(flipped)).readAllBytes())
          .as("flip at " + at)
          .isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void everyTruncationThrows() {
    for (int length = 0; length < SIGNED_TRAILER.length - 2; length++) {
      if (length < 200 || length > 65_500 || length % 997 == 0) {
        byte[] cut = Arrays.copyOf(SIGNED_TRAILER, length);
        assertThatThrownBy(() -> trailer(new ByteArrayInputStream(cut)).readAllBytes())
            .as("cut at " + length)
            .isInstanceOf(S3Exception.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
        "5\nhello\n0\nx-amz-checksum-crc32:AAAAAA==\n\n",
        "3\r\nhel\r\n2\r\nlo\r\n0\r\nX-Amz-Checksum-CRC32: AAAAAA==\r\n\r\n",
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\n\r\n\r\n",
      })
  void unsignedTrailer(String body) throws IOException {
    ChunkedPayloadStream stream = unsigned(body, 5, "x-amz-checksum-crc32");
    assertThat(new String(stream.readAllBytes(), ISO_8859_1)).isEqualTo("hello");
    assertThat(stream.trailers()).containsEntry("x-amz-checksum-crc32", "AAAAAA==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\nx-amz-checksum-sha1:AAAA\r\n\r\n",
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:A\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\nmore",
        "4\r\nhell\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "5\r\nhelloX\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "-5\r\nhello\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "\r\nhello\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "fffffffffffffffff\r\nhello\r\n0\r\nx-amz-checksum-crc32:A\r\n\r\n",
        "5\r\nhello\r\n0\r\nnocolon\r\n\r\n",
      })
  void malformedBodiesThrow(String body) {
    assertThatThrownBy(() -> unsigned(body, 5, "x-amz-checksum-crc32").readAllBytes())
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void anEndlessLineIsBounded() {
    assertThatThrownBy(() -> unsigned("5" + " ".repeat(100_000), 5, null).readAllBytes())
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void aSmallSignedChunkThatIsNotTheLastIsRefused() {
    ChunkSignatures none = null;
    String body =
        "5;chunk-signature=x\r\nhello\r\n5;chunk-signature=x\r\nhello\r\n0;chunk-signature=x\r\n\r\n";
    ChunkedPayloadStream stream =
        new ChunkedPayloadStream(
            new ByteArrayInputStream(body.getBytes(ISO_8859_1)),
            new ChunkedPayloadStream.Form(true, null, 10),
            none);
    assertThatThrownBy(stream::readAllBytes)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.code()).isEqualTo(S3ErrorCode.INVALID_CHUNK_SIZE_ERROR));
  }

  @Property(tries = 300)
  void anyChunkingDecodesToTheBody(
      @ForAll @Size(max = 60_000) byte[] body,
      @ForAll @IntRange(min = 1, max = 30_000) int chunk,
      @ForAll @IntRange(min = 1, max = 40_000) int read)
      throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; at += chunk) {
      int size = Math.min(chunk, body.length - at);
      encoded.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
      encoded.write(body, at, size);
      encoded.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    encoded.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    InputStream stream = unsigned(encoded.toString(ISO_8859_1), body.length, null);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    byte[] buffer = new byte[read];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      decoded.write(buffer, 0, count);
    }
    assertThat(decoded.toByteArray()).isEqualTo(body);
  }
}
