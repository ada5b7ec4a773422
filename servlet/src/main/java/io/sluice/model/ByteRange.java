package io.sluice.model;

import io.sluice.error.S3ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes asked for: {@code first-last}, {@code first-} or {@code -suffixLength}.
 * Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2">RFC 9110, 14.1.2</a>
 */
public sealed interface ByteRange {
  /** From the offset {@code first} to the offset {@code last}, both included. */
  record FromTo(long first, long last) implements ByteRange {}

  /** From the offset {@code first} to the end. */
  record From(long first) implements ByteRange {}

  /** The last {@code length} bytes. */
  record Suffix(long length) implements ByteRange {}

  /** A range made fit for an object: an offset and a length, both in bytes. */
  record Resolved(long offset, long length) {
    /** The {@code Content-Range} value for an object of this size. */
    public String contentRange(long sizeBytes) {
      return "bytes " + offset + "-" + (offset + length - 1) + "/" + sizeBytes;
    }
  }

  /** The grammar of a {@code Range} header with a single range. */
  Pattern HEADER = Pattern.compile("\\s*bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");

  /**
   * Parses a {@code Range} header. Empty when it is not one valid range of bytes: such a header is
   * ignored (RFC 9110, 14.2), as AWS does; so are several ranges.
   */
  static Optional<ByteRange> parse(String header) {
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      return Optional.of(new Suffix(parseSaturated(matcher.group(2))));
    }
    long first = parseSaturated(matcher.group(1));
    if (matcher.group(2).isEmpty()) {
      return Optional.of(new From(first));
    }
    long last = parseSaturated(matcher.group(2));
    return last < first ? Optional.empty() : Optional.of(new FromTo(first, last));
  }

  private static long parseSaturated(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
  }

  /**
   * Clips the range to an object.
   *
   * @throws io.sluice.error.S3Exception InvalidRange when nothing of it lies inside
   */
  default Resolved resolve(long sizeBytes) {
    if (this instanceof Suffix suffix) {
      long length = Math.min(suffix.length(), sizeBytes);
      if (length > 0) {
        return new Resolved(sizeBytes - length, length);
      }
    } else {
      long first = this instanceof FromTo range ? range.first() : ((From) this).first();
      long last = this instanceof FromTo range ? range.last() : Long.MAX_VALUE;
      if (first < sizeBytes) {
        return new Resolved(first, Math.min(last, sizeBytes - 1) - first + 1);
      }
    }
    throw S3ErrorCode.INVALID_RANGE
        .exception()
        .with("RangeRequested", this.header())
        .with("ActualObjectSize", sizeBytes)
        .withHeader("Content-Range", "bytes */" + sizeBytes);
  }

  /** The range as a {@code Range} header's value. */
  default String header() {
    if (this instanceof Suffix suffix) {
      return "bytes=-" + suffix.length();
    }
    return this instanceof FromTo range
        ? "bytes=" + range.first() + "-" + range.last()
        : "bytes=" + ((From) this).first() + "-";
  }
}
