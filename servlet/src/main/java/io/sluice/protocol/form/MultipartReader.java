package io.sluice.protocol.form;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a multipart body apart while it arrives, in one buffer whatever its size.
 *
 * <p>A part ends at a delimiter: CRLF, two hyphens and the boundary, then perhaps blanks, and CRLF;
 * the last one has two more hyphens and may stand at the very end. The first needs no CRLF before
 * it, which is why the buffer begins with one that nobody sent. What only resembles a delimiter (a
 * boundary with more behind it, a line feed alone) is data; but what resembles the last one is
 * refused, since a body that is cut off behind its hyphens would pass for a whole one.
 *
 * <p>The buffer holds {@code [position, end)}; up to {@code clear} it is known to be data. A prefix
 * of a delimiter at its end stays until more has come. An end of the stream inside of a part is an
 * error, never the end of the part. Confined to one request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1">RFC 2046, 5.1.1</a>
 */
final class MultipartReader {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Blanks between a boundary and the end of its line; RFC 2046 lets gateways add them. */
  private static final int MAX_PADDING_BYTES = 64;

  /** All headers of one part. */
  private static final int MAX_HEADER_BYTES = 8 * 1024;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int clear;
  private int end;
  private long received;
  private boolean inPart = true;
  private boolean closed;

  /** A reader that stands before the preamble. */
  MultipartReader(InputStream in, FormBoundary boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary.value()).getBytes(StandardCharsets.US_ASCII);
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /** How many bytes of the stream have been used up; those that wait in the buffer are not. */
  long consumedBytes() {
    return received - (end - position);
  }

  /**
   * Reads what is left of the current part away, and the headers of the next.
   *
   * @param maxBytes the most that may be left
   * @return the part; null behind the closing delimiter
   * @throws S3Exception MalformedPOSTRequest, also for more than may be left
   */
  @Nullable FormPart next(long maxBytes) throws IOException {
    byte[] discarded = new byte[8 * 1024];
    long left = maxBytes;
    for (int count = 0; count >= 0; count = read(discarded, 0, discarded.length)) {
      left -= count;
      if (left < 0) {
        throw malformed();
      }
    }
    if (closed) {
      return null;
    }
    Map<String, String> headers = headers();
    inPart = true;
    clear = position;
    return FormPart.of(headers);
  }

  /**
   * Reads from the current part.
   *
   * @return how many bytes; -1 at the delimiter behind it
   * @throws S3Exception MalformedPOSTRequest when the stream ends before that
   */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inPart) {
      scan();
      if (clear > position) {
        int count = Math.min(length, clear - position);
        System.arraycopy(buffer, position, bytes, offset, count);
        position += count;
        return count;
      }
      if (end - position < delimiter.length) {
        require(delimiter.length);
      } else if (passDelimiter()) {
        inPart = false;
      } else {
        clear = position + 1;
      }
    }
    return -1;
  }

  /** Moves {@code clear} to the next delimiter, or to what may become one. */
  private void scan() {
    if (clear > position) {
      return;
    }
    clear = position;
    while (clear < end && !mayBeDelimiter(clear)) {
      clear++;
    }
  }

  private boolean mayBeDelimiter(int at) {
    int length = Math.min(delimiter.length, end - at);
    for (int i = 0; i < length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  /** Passes the delimiter that begins here, if its line is a delimiter's. */
  private boolean passDelimiter() throws IOException {
    int length = delimiter.length;
    boolean last = at(length) == '-' && at(length + 1) == '-';
    length += last ? 2 : 0;
    int padded = length + MAX_PADDING_BYTES;
    while (length < padded && (at(length) == ' ' || at(length) == '\t')) {
      length++;
    }
    int next = at(length);
    boolean lineEnds = next == '\r' && at(length + 1) == '\n';
    if (!lineEnds && !(last && (next < 0 || next == '\n'))) {
      if (last || next < 0) {
        throw malformed();
      }
      return false;
    }
    closed = last;
    position += lineEnds ? length + 2 : length;
    return true;
  }

  /** The byte so far behind the position; -1 behind the end of the stream. */
  private int at(int distance) throws IOException {
    while (end - position <= distance) {
      if (!fill()) {
        return -1;
      }
    }
    return buffer[position + distance] & 0xFF;
  }

  private void require(int length) throws IOException {
    if (at(length - 1) < 0) {
      throw malformed();
    }
  }

  private boolean fill() throws IOException {
    if (end == buffer.length) {
      System.arraycopy(buffer, position, buffer, 0, end - position);
      end -= position;
      clear -= position;
      position = 0;
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count > 0) {
      end += count;
      received += count;
    }
    return count >= 0;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    @Nullable String name = null;
    int left = MAX_HEADER_BYTES;
    for (String line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length() + 2;
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      int colon = line.indexOf(':');
      if (folded && name != null) {
        headers.merge(name, line, String::concat);
      } else if (folded || colon < 1) {
        throw malformed();
      } else {
        name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (headers.put(name, line.substring(colon + 1).strip()) != null) {
          throw malformed();
        }
      }
    }
    return headers;
  }

  private String line(int maxBytes) throws IOException {
    int length = 0;
    while (at(length) != '\r' || at(length + 1) != '\n') {
      if (length >= maxBytes || at(length) < 0) {
        throw malformed();
      }
      length++;
    }
    String line = utf8(ByteBuffer.wrap(buffer, position, length));
    position += length + 2;
    return line;
  }

  /**
   * Reads what follows the closing delimiter away.
   *
   * @param maxBytes the most that may follow
   * @throws S3Exception MalformedPOSTRequest above that
   */
  void drain(int maxBytes) throws IOException {
    byte[] discarded = new byte[1024];
    int left = maxBytes - (end - position);
    for (int count = 0; count >= 0; count = in.read(discarded)) {
      left -= count;
      if (left < 0) {
        throw malformed();
      }
    }
  }

  /** Text of a form, which is UTF-8. */
  static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw S3ErrorCode.MALFORMED_POST_REQUEST.exception(
          S3ErrorCode.MALFORMED_POST_REQUEST.defaultMessage(), e);
    }
  }

  private static S3Exception malformed() {
    return S3ErrorCode.MALFORMED_POST_REQUEST.exception();
  }
}
