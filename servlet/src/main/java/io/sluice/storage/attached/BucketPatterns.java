package io.sluice.storage.attached;

import io.sluice.model.BucketName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The buckets that a provider is asked for: names, and patterns in which {@code *} stands for any
 * characters. Immutable.
 *
 * @param names names in full
 * @param patterns the patterns
 */
record BucketPatterns(List<String> names, List<Pattern> patterns) {
  BucketPatterns {
    names = List.copyOf(names);
    patterns = List.copyOf(patterns);
  }

  /**
   * Parses a list with commas.
   *
   * @throws IllegalArgumentException for what cannot be a bucket's name
   */
  static BucketPatterns parse(String list) {
    List<String> names = new ArrayList<>();
    List<Pattern> patterns = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      String text = item.strip();
      if (!text.matches("[a-z0-9.*-]*")) {
        throw new IllegalArgumentException("buckets: " + text + " is no name of a bucket");
      }
      if (text.contains("*")) {
        patterns.add(
            Pattern.compile(
                String.join(
                    ".*", Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).toList())));
      } else if (!text.isEmpty()) {
        if (!BucketName.isValid(text)) {
          throw new IllegalArgumentException("buckets: " + text + " is no name of a bucket");
        }
        names.add(text);
      }
    }
    return new BucketPatterns(names, patterns);
  }

  /** Whether a name is in the list in full. */
  boolean names(BucketName bucket) {
    return names.contains(bucket.value());
  }

  /** Whether a name is meant. */
  boolean match(BucketName bucket) {
    return names(bucket)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(bucket.value()).matches());
  }
}
