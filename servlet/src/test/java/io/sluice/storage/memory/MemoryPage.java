package io.sluice.storage.memory;

import io.sluice.model.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one page of a listing from rows offered in order. */
final class MemoryPage<T> {
  private final String prefix;
  private final @Nullable String delimiter;
  private final @Nullable String after;
  private final int limit;
  private final List<T> rows = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private @Nullable String last;
  private boolean lastIsPrefix;
  private boolean more;

  MemoryPage(String prefix, @Nullable String delimiter, @Nullable String after, int limit) {
    this.prefix = prefix;
    this.delimiter = delimiter;
    this.after = after;
    this.limit = limit;
  }

  boolean isAfterStart(String key) {
    return after == null || Utf8Order.INSTANCE.compare(key, after) > 0;
  }

  /** Takes a row if it belongs to the page; false when the page is full and more follows. */
  boolean offer(String key, T row) {
    if (!key.startsWith(prefix)) {
      return true;
    }
    int at = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
    String common = at < 0 || delimiter == null ? null : key.substring(0, at + delimiter.length());
    if (common != null && (common.equals(after) || (lastIsPrefix && common.equals(last)))) {
      return true;
    }
    if (rows.size() + commonPrefixes.size() == limit) {
      more = true;
      return false;
    }
    if (common != null) {
      commonPrefixes.add(common);
      last = common;
    } else {
      rows.add(row);
      last = key;
    }
    lastIsPrefix = common != null;
    return true;
  }

  List<T> rows() {
    return rows;
  }

  List<String> commonPrefixes() {
    return commonPrefixes;
  }

  boolean endsWithPrefix() {
    return lastIsPrefix;
  }

  @Nullable String next() {
    return more ? last : null;
  }
}
