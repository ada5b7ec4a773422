package io.sluice.storage.local.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that can be read: those of now, or those of a moment. Thread-safe. */
public interface Rows {
  /** Few enough to hold, many enough to pay for a seek. */
  int PAGE_ROWS = 256;

  /** A row. */
  @SuppressWarnings("ArrayRecordComponent") // Not compared.
  record Row(byte[] key, byte[] value) {}

  /** The value of a row, or null. */
  byte @Nullable [] get(Column column, byte[] key) throws IOException;

  /**
   * Rows of a column between two bounds; closed by the caller, in the same thread.
   *
   * @param from the first row, inclusive
   * @param to the end, exclusive
   */
  IndexScan scan(Column column, byte[] from, byte[] to) throws IOException;

  /**
   * A page of rows, so that nothing stays open while a long walk pauses between pages.
   *
   * @param after rows above this key; empty for the first ones
   * @return at most {@link #PAGE_ROWS}; none at the end
   */
  default List<Row> page(Column column, byte[] after) throws IOException {
    List<Row> rows = new ArrayList<>();
    // The next key in byte order is the same one with a zero behind it.
    byte[] from = after.length == 0 ? after : java.util.Arrays.copyOf(after, after.length + 1);
    try (IndexScan scan = scan(column, from, IndexKeys.END_OF_COLUMN.clone())) {
      for (; rows.size() < PAGE_ROWS && scan.valid(); scan.next()) {
        rows.add(new Row(scan.key(), scan.value()));
      }
    }
    return rows;
  }

  /** Takes a row. */
  interface Visitor {
    void visit(Row row) throws IOException, InterruptedException;
  }

  /** Walks a whole column page by page. */
  default void each(Column column, Visitor visitor) throws IOException, InterruptedException {
    for (List<Row> page = page(column, new byte[0]);
        !page.isEmpty();
        page = page(column, page.get(page.size() - 1).key())) {
      for (Row row : page) {
        visitor.visit(row);
      }
    }
  }
}
