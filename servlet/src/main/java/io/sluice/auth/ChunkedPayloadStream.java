package io.sluice.auth;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code aws-chunked}.
 *
 * <p>The body is a row of chunks, {@code hex-size[;chunk-signature=…]CRLF data CRLF}, the last of
 * size 0, and then, in the trailer forms, header lines up to an empty one. Data is handed out as it
 * arrives, without holding a chunk, so what was handed out is not verified yet: the stream ends
 * with -1 only after every signature, every declared trailer and the declared length held, and
 * throws otherwise. Whoever commits only behind -1 commits only verified bytes. A line feed alone
 * ends a line too, since some clients write it so. Confined to one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Trailing
 *     headers</a>
 */
final class ChunkedPayloadStream extends InputStream {
  /** Longest chunk header or trailer line; those of AWS have about 100 and 120 bytes. */
  private static final int MAX_LINE_BYTES = 4096;

  private static final int MAX_SIZE_DIGITS = 15;

  /** AWS: every chunk but the last has at least so many bytes. */
  private static final int MIN_CHUNK_BYTES = 8192;

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final String SIGNATURE_EXTENSION = "chunk-signature=";
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

  private final InputStream in;
  private final @Nullable ChunkSignatures signatures;
  private final boolean signed;
  private final boolean hasTrailer;
  private final Set<String> trailerNames;
  private final long decodedLength;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<String, String> trailers = new LinkedHashMap<>();
  private int position;
  private int limit;
  private boolean started;
  private boolean ended;
  private long chunkSize;
  private long chunkRemaining;
  private String chunkSignature = "";
  private long decoded;
  private long chunkNumber;

  /**
   * What the headers say of a chunked body.
   *
   * @param signed whether chunks carry signatures
   * @param trailerNames names of the trailers announced, lower case; null where the form has none
   * @param decodedLength length of the data in bytes
   */
  record Form(boolean signed, @Nullable Set<String> trailerNames, long decodedLength) {}

  /**
   * A decoder.
   *
   * @param signatures the chain; null to decode signed chunks without checking them
   */
  ChunkedPayloadStream(InputStream in, Form form, @Nullable ChunkSignatures signatures) {
    this.in = in;
    this.signatures = signatures;
    this.signed = form.signed();
    this.trailerNames = form.trailerNames() == null ? Set.of() : form.trailerNames();
    this.hasTrailer = form.trailerNames() != null;
    this.decodedLength = form.decodedLength();
  }

  /** The trailers' values by lower-case name; complete behind the end. */
  Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended && chunkRemaining == 0) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = readData(bytes, offset, (int) Math.min(length, chunkRemaining));
    if (signatures != null) {
      signatures.update(bytes, offset, count);
    }
    chunkRemaining -= count;
    return count;
  }

  private int readData(byte[] bytes, int offset, int length) throws IOException {
    if (position < limit) {
      int count = Math.min(length, limit - position);
      System.arraycopy(buffer, position, bytes, offset, count);
      position += count;
      return count;
    }
    // Large reads go past the buffer; small ones fill it, to take the next header along.
    if (length >= BUFFER_BYTES) {
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        throw incomplete();
      }
      return count;
    }
    fill();
    return readData(bytes, offset, length);
  }

  private void fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    if (count <= 0) {
      throw incomplete();
    }
    position = 0;
    limit = count;
  }

  private static S3Exception incomplete() {
    return S3ErrorCode.INCOMPLETE_BODY.exception("The request body terminated unexpectedly");
  }

  private static S3Exception malformed(String what) {
    return S3ErrorCode.INVALID_REQUEST.exception("The aws-chunked body is malformed: " + what);
  }

  private void nextChunk() throws IOException {
    if (started) {
      if (!readLine().isEmpty()) {
        throw malformed("no line end behind a chunk's data");
      }
      verifyChunk();
    }
    long previousSize = chunkSize;
    parseChunkHeader(readLine());
    if (signed && started && chunkSize > 0 && previousSize < MIN_CHUNK_BYTES) {
      throw S3ErrorCode.INVALID_CHUNK_SIZE_ERROR
          .exception()
          .with("Chunk", chunkNumber)
          .with("BadChunkSize", previousSize);
    }
    started = true;
    chunkNumber++;
    if (chunkSize > decodedLength - decoded) {
      throw S3ErrorCode.INCOMPLETE_BODY.exception(
          "The body is longer than x-amz-decoded-content-length says.");
    }
    decoded += chunkSize;
    chunkRemaining = chunkSize;
    if (chunkSize == 0) {
      verifyChunk();
      end();
    }
  }

  private void verifyChunk() {
    if (signatures != null && signed) {
      signatures.verifyChunk(chunkSignature);
    }
  }

  private void parseChunkHeader(String line) {
    int semicolon = line.indexOf(';');
    String size = semicolon < 0 ? line : line.substring(0, semicolon);
    if (size.isEmpty()
        || size.length() > MAX_SIZE_DIGITS
        || !size.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
      throw malformed("a chunk size is no hexadecimal number");
    }
    chunkSize = Long.parseLong(size, 16);
    String extension = semicolon < 0 ? "" : line.substring(semicolon + 1);
    if (!signed) {
      return;
    }
    if (!extension.startsWith(SIGNATURE_EXTENSION)) {
      throw malformed("a chunk has no signature");
    }
    chunkSignature = extension.substring(SIGNATURE_EXTENSION.length());
  }

  private void end() throws IOException {
    if (decoded != decodedLength) {
      throw S3ErrorCode.INCOMPLETE_BODY.exception(
          "The body is shorter than x-amz-decoded-content-length says.");
    }
    if (hasTrailer) {
      readTrailers();
    } else if (hasMore() && !readLine().isEmpty()) {
      throw malformed("data behind the last chunk");
    }
    while (hasMore()) {
      // Some clients end the trailers with one line end too many.
      if (!readLine().isEmpty()) {
        throw malformed("data behind the end");
      }
    }
    ended = true;
  }

  private void readTrailers() throws IOException {
    StringBuilder signedText = new StringBuilder();
    String signature = null;
    boolean lineEnded = false;
    while (hasMore()) {
      String line = readLine();
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        // AWS and MinIO's client for Go end the trailers' lines before they sign them.
        if (!trailersSigned() || signature != null || lineEnded) {
          break;
        }
        lineEnded = true;
        continue;
      }
      if (colon < 1) {
        throw S3ErrorCode.MALFORMED_TRAILER_ERROR.exception();
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals(TRAILER_SIGNATURE)) {
        signature = value;
      } else if (!trailerNames.contains(name) || trailers.put(name, value) != null) {
        throw S3ErrorCode.MALFORMED_TRAILER_ERROR.exception();
      } else {
        signedText.append(name).append(':').append(value).append('\n');
      }
    }
    if (!trailers.keySet().containsAll(trailerNames)) {
      throw S3ErrorCode.MALFORMED_TRAILER_ERROR.exception();
    }
    if (trailersSigned()) {
      if (signature == null) {
        throw S3ErrorCode.SIGNATURE_DOES_NOT_MATCH.exception("The trailers are not signed.");
      }
      Objects.requireNonNull(signatures).verifyTrailer(signedText.toString(), signature);
    }
  }

  private boolean trailersSigned() {
    return signatures != null && signed;
  }

  private boolean hasMore() throws IOException {
    if (position < limit) {
      return true;
    }
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  /** A line without its end. */
  private String readLine() throws IOException {
    StringBuilder line = null;
    while (true) {
      if (position == limit) {
        fill();
      }
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      String piece = new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
      position = Math.min(end + 1, limit);
      if (end < limit && line == null) {
        return withoutReturn(piece);
      }
      line = line == null ? new StringBuilder(piece) : line.append(piece);
      if (line.length() > MAX_LINE_BYTES) {
        throw malformed("a line is too long");
      }
      if (end < limit) {
        return withoutReturn(line.toString());
      }
    }
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
