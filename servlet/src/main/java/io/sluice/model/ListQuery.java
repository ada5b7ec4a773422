package io.sluice.model;

import org.jspecify.annotations.Nullable;

/**
 * A page of a listing of current versions. Immutable.
 *
 * @param prefix keys begin with it; empty for all
 * @param delimiter any string; null or empty for none
 * @param after keys above it in UTF-8 order only; a common prefix equal to it is skipped whole;
 *     null for the beginning
 * @param limit objects and common prefixes together, 1 to 1,000
 */
public record ListQuery(
    String prefix, @Nullable String delimiter, @Nullable String after, int limit) {
  /** AWS: the most that a page holds. */
  public static final int MAX_LIMIT = 1000;

  /** Normalises an empty delimiter and an empty start. */
  public ListQuery {
    delimiter = delimiter == null || delimiter.isEmpty() ? null : delimiter;
    after = after == null || after.isEmpty() ? null : after;
  }
}
