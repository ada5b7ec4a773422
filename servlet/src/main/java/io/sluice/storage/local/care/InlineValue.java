package io.sluice.storage.local.care;

import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.maintenance.Finding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of an inline value, which RocksDB compares with its checksum. Immutable.
 *
 * @param fault what is wrong, or null
 * @param detail and in words; empty with none
 */
record InlineValue(Finding.@Nullable Kind fault, String detail) {
  private static final Logger LOG = LoggerFactory.getLogger(InlineValue.class);

  /** Reads a value. */
  static InlineValue of(Rows rows, Extent extent) throws IOException {
    byte @Nullable [] value;
    try {
      value = rows.get(Column.INLINE, IndexKeys.id(extent.id()));
    } catch (IOException e) {
      if (e.getCause() == null) {
        // Not RocksDB's complaint about the value: the store is closed.
        throw e;
      }
      LOG.debug("An inline value cannot be read", e);
      return new InlineValue(
          Finding.Kind.DAMAGED, "its bytes in the index cannot be read: " + e.getMessage());
    }
    if (value == null) {
      return new InlineValue(Finding.Kind.MISSING, "its bytes in the index are missing");
    }
    if (extent.offset() + extent.length() > value.length) {
      return new InlineValue(
          Finding.Kind.DAMAGED, "its bytes in the index are " + value.length + " only");
    }
    return new InlineValue(null, "");
  }

  /** Whether there is a row, good or bad. */
  boolean exists() {
    return fault != Finding.Kind.MISSING;
  }
}
