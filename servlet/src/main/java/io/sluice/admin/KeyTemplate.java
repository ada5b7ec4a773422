package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that differ in numbers, as a shell writes them: {@code shard-{0001..0099}.tar}, with as many
 * digits as the first number has, and {@code {0..90..10}} in steps. Immutable.
 */
final class KeyTemplate {
  /** Above so many keys a template is a mistake. */
  static final long MAX_KEYS = 1_000_000;

  private static final Pattern RANGE =
      Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})(?:\\.\\.([1-9]\\d{0,8}))?\\}");

  private final List<String> words = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();
  private final long size;

  private record Range(long first, long last, long step, int digits) {
    long size() {
      return (last - first) / step + 1;
    }

    String at(long index) {
      String number = Long.toString(first + index * step);
      return "0".repeat(Math.max(0, digits - number.length())) + number;
    }
  }

  private KeyTemplate(String text) {
    Matcher matcher = RANGE.matcher(text);
    int end = 0;
    long count = 1;
    while (matcher.find()) {
      words.add(text.substring(end, matcher.start()));
      end = matcher.end();
      String step = matcher.group(3);
      Range range =
          new Range(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              step == null ? 1 : Long.parseLong(step),
              matcher.group(1).length());
      if (range.last() < range.first()) {
        throw S3ErrorCode.INVALID_ARGUMENT.exception("A range of the template runs backwards.");
      }
      count *= range.size();
      if (count > MAX_KEYS) {
        throw S3ErrorCode.INVALID_ARGUMENT.exception(
            "The template stands for more than " + MAX_KEYS + " keys.");
      }
      ranges.add(range);
    }
    words.add(text.substring(end));
    if (ranges.isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(
          "A template has a range of numbers, such as {0001..0099}.");
    }
    this.size = count;
  }

  /**
   * Reads one.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument when it has no range, one that runs
   *     backwards, or stands for too many keys
   */
  static KeyTemplate parse(String text) {
    return new KeyTemplate(text);
  }

  /** How many keys it stands for. */
  long size() {
    return size;
  }

  /** One of its keys; the last number runs fastest. */
  ObjectKey key(long index) {
    List<String> numbers = new ArrayList<>();
    long rest = index;
    for (int i = ranges.size() - 1; i >= 0; i--) {
      Range range = ranges.get(i);
      numbers.add(0, range.at(rest % range.size()));
      rest /= range.size();
    }
    StringBuilder key = new StringBuilder(words.get(0));
    for (int i = 0; i < ranges.size(); i++) {
      key.append(numbers.get(i)).append(words.get(i + 1));
    }
    return new ObjectKey(key.toString());
  }
}
