package io.sluice.storage.local.care;

import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The rules of what belongs to versions by their sequence alone, documents and manifests: none is
 * without its version. As with {@link HoldingRules}, names are looked for when the counts differ.
 */
final class BelongingRules {
  private static final int SOUGHT_AT_ONCE = 250_000;

  private final Rows rows;
  private final Owners owners;
  private final Tally tally;
  private long documents;
  private long manifests;

  BelongingRules(Rows rows, Owners owners, Tally tally) {
    this.rows = rows;
    this.owners = owners;
    this.tally = tally;
  }

  /** Counts what belongs to a version. */
  void check(Owners.Standing standing) throws IOException {
    VersionRecord version = standing.version();
    if (!standing.parts().isEmpty()) {
      manifests++;
    }
    if (version.flags().documents()) {
      byte[] from = IndexKeys.id(version.sequence());
      byte[] to = IndexKeys.id(version.sequence() + 1);
      try (IndexScan scan = rows.scan(Column.DOCUMENTS, from, to)) {
        for (; scan.valid(); scan.next()) {
          documents++;
        }
      }
    }
  }

  /** Checks, after all versions, that there is nothing that belongs to none of them. */
  void checkUnowned() throws IOException, InterruptedException {
    checkUnowned(Column.DOCUMENTS, documents, "a document");
    checkUnowned(Column.MANIFESTS, manifests, "a list of parts");
  }

  private void checkUnowned(Column column, long owned, String what)
      throws IOException, InterruptedException {
    long[] total = {0};
    rows.each(column, row -> total[0]++);
    if (total[0] == owned) {
      return;
    }
    Set<Long> sought = new HashSet<>();
    rows.each(
        column,
        row -> {
          sought.add(ByteBuffer.wrap(row.key()).getLong());
          if (sought.size() == SOUGHT_AT_ONCE) {
            tell(column, sought, what);
          }
        });
    tell(column, sought, what);
  }

  private void tell(Column column, Set<Long> sought, String what)
      throws IOException, InterruptedException {
    owners.each(
        new Owners.Visitor() {
          @Override
          public void version(Owners.Standing standing) {
            boolean has =
                column == Column.DOCUMENTS
                    ? standing.version().flags().documents()
                    : standing.version().partCount() > 0;
            if (has) {
              sought.remove(standing.version().sequence());
            }
          }

          @Override
          public void owner(Owners.Owner owner) {
            // Of the sequences of parts nothing of this kind hangs.
          }
        });
    for (long sequence : sought) {
      tally.inconsistent("version " + Long.toHexString(sequence), what + " without its version");
    }
    sought.clear();
  }
}
