package io.sluice.storage.local.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prefix and delimiter of a listing over keys as UTF-8 bytes, where a search for bytes finds what a
 * search for text would. Immutable.
 */
public final class KeyGroups {
  private final byte[] prefix;
  private final byte @Nullable [] delimiter;

  public KeyGroups(String prefix, @Nullable String delimiter) {
    this.prefix = IndexKeys.utf8(prefix);
    this.delimiter = delimiter == null ? null : IndexKeys.utf8(delimiter);
  }

  public byte[] prefix() {
    return prefix;
  }

  /** The common prefix that a key, which has the prefix, falls under; null when it stands alone. */
  public byte @Nullable [] groupOf(byte[] key) {
    byte @Nullable [] sought = delimiter;
    if (sought == null) {
      return null;
    }
    for (int at = prefix.length; at + sought.length <= key.length; at++) {
      if (Arrays.equals(key, at, at + sought.length, sought, 0, sought.length)) {
        return Arrays.copyOf(key, at + sought.length);
      }
    }
    return null;
  }

  /** Whether a marker is itself a common prefix of this listing. */
  public boolean isGroup(byte[] marker) {
    if (marker.length < prefix.length
        || !Arrays.equals(marker, 0, prefix.length, prefix, 0, prefix.length)) {
      return false;
    }
    byte @Nullable [] group = groupOf(marker);
    return group != null && group.length == marker.length;
  }

  /** The first row of a bucket that the listing may show. */
  public byte[] from(int bucketId) {
    return IndexKeys.object(bucketId, prefix);
  }

  /** The end of the rows of a bucket that the listing may show. */
  public byte[] to(int bucketId) {
    return IndexKeys.place(bucketId, prefix, IndexKeys.ABOVE);
  }

  /** Where a listing goes on after a marker: above that key, or above the whole common prefix. */
  public byte[] after(int bucketId, byte[] marker) {
    return IndexKeys.place(bucketId, marker, isGroup(marker) ? IndexKeys.ABOVE : IndexKeys.BEHIND);
  }
}
