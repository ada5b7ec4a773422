package io.sluice.model;

import io.sluice.error.S3ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a bucket may grow. As a document, the setting {@link #SETTING}, it is one line or two:
 * {@code bytes=} and {@code objects=} with a number each, in this order, each at most once.
 * Immutable.
 *
 * @param maxBytes the most bytes of all versions and of the parts of uploads under way
 * @param maxObjects the most versions
 */
public record Quota(long maxBytes, long maxObjects) {
  /** The bucket setting that holds the document. */
  public static final String SETTING = "quota";

  /** No limit. */
  public static final Quota NONE = new Quota(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Eighteen digits are below an exabyte, and fit into a long. */
  private static final Pattern DOCUMENT =
      Pattern.compile("(?:bytes=(\\d{1,18})\n?)?(?:(?<=^|\n)objects=(\\d{1,18})\n?)?");

  /**
   * Reads a document.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for anything else
   */
  public static Quota parse(byte[] document) {
    Matcher matcher = DOCUMENT.matcher(new String(document, StandardCharsets.UTF_8));
    if (document.length == 0 || !matcher.matches()) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(
          "A quota is bytes=<number>, objects=<number>, or both, a line each.");
    }
    return new Quota(number(matcher, 1), number(matcher, 2));
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /** The document. */
  public byte[] document() {
    StringBuilder text = new StringBuilder();
    if (maxBytes != Long.MAX_VALUE) {
      text.append("bytes=").append(maxBytes).append('\n');
    }
    if (maxObjects != Long.MAX_VALUE) {
      text.append("objects=").append(maxObjects).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether a change is within the limits. What does not grow always is.
   *
   * @param before what there is, with all that is on its way
   */
  public boolean allows(Usage before, Usage change) {
    return within(before.totalBytes(), change.totalBytes(), maxBytes)
        && within(before.objects(), change.objects(), maxObjects);
  }

  private static boolean within(long before, long change, long limit) {
    return change <= 0 || change <= limit - before;
  }
}
