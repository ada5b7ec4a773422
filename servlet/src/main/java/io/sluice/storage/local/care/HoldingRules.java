package io.sluice.storage.local.care;

import io.sluice.storage.local.index.BlobRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.maintenance.Finding;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules between owners and what they hold: each extent is there and long enough, each blob of
 * it has the edge; and no edge or inline value is without its owner. Owners are known by number
 * only, so that the second half counts first, and looks for names when the counts differ.
 */
final class HoldingRules {
  /** Bounds the memory of the search for names; one walk over all owners for each so many. */
  private static final int SOUGHT_AT_ONCE = 250_000;

  private final Rows rows;
  private final Owners owners;
  private final Tally tally;
  private final Pace pace;
  private long ownedEdges;
  private long ownedValues;

  /** A row of {@code references}, or of {@code inline} with no owner in it. */
  private record Held(long id, long owner) {}

  HoldingRules(Rows rows, Owners owners, Tally tally, Pace pace) {
    this.rows = rows;
    this.owners = owners;
    this.tally = tally;
    this.pace = pace;
  }

  /** Checks what an owner holds. */
  void check(Owners.Owner owner) throws IOException, InterruptedException {
    if (owner.anchor() == Column.PARTS) {
      tally.parts++;
    }
    Set<Long> blobs = new HashSet<>();
    for (Extent extent : owner.extents()) {
      if (extent.isInline()) {
        checkValue(owner, extent);
      } else {
        checkExtent(owner, extent);
        if (blobs.add(extent.id())) {
          checkEdge(owner, extent);
        }
      }
    }
  }

  private void checkValue(Owners.Owner owner, Extent extent)
      throws IOException, InterruptedException {
    InlineValue value = InlineValue.of(rows, extent);
    if (value.exists()) {
      ownedValues++;
    }
    Finding.Kind fault = value.fault();
    if (fault != null) {
      tally.tell(fault, owner.name(), value.detail());
    }
    tally.bytes += extent.length();
    pace.spend(extent.length());
  }

  private void checkExtent(Owners.Owner owner, Extent extent) throws IOException {
    byte @Nullable [] row = rows.get(Column.BLOBS, IndexKeys.id(extent.id()));
    if (row == null) {
      tally.tell(Finding.Kind.MISSING, owner.name(), "the record of its blob is missing");
      return;
    }
    BlobRecord blob = IndexCodec.blob(row);
    if (extent.offset() < 0 || extent.offset() + extent.length() > blob.sizeBytes()) {
      tally.inconsistent(owner.name(), "it reaches past the end of its blob");
    }
  }

  private void checkEdge(Owners.Owner owner, Extent extent) throws IOException {
    byte[] edge = IndexKeys.reference(extent.id(), owner.sequence());
    if (rows.get(Column.REFERENCES, edge) == null) {
      tally.inconsistent(owner.name(), "no reference keeps its blob");
    } else {
      ownedEdges++;
    }
  }

  /** Checks, after all owners, that there is nothing that none of them holds. */
  void checkUnowned() throws IOException, InterruptedException {
    checkUnowned(Column.REFERENCES, ownedEdges, "a reference without an owner keeps it");
    checkUnowned(Column.INLINE, ownedValues, "an inline value without an owner");
  }

  private void checkUnowned(Column column, long owned, String detail)
      throws IOException, InterruptedException {
    long[] total = {0};
    rows.each(column, row -> total[0]++);
    if (total[0] == owned) {
      return;
    }
    Set<Held> sought = new HashSet<>();
    rows.each(
        column,
        row -> {
          sought.add(held(column, row.key()));
          if (sought.size() == SOUGHT_AT_ONCE) {
            tellUnowned(column, sought, detail);
          }
        });
    tellUnowned(column, sought, detail);
  }

  private static Held held(Column column, byte[] key) {
    long id = java.nio.ByteBuffer.wrap(key).getLong();
    return new Held(id, column == Column.REFERENCES ? IndexKeys.lastLong(key) : 0);
  }

  private void tellUnowned(Column column, Set<Held> sought, String detail)
      throws IOException, InterruptedException {
    owners.each(
        owner -> {
          for (Extent extent : owner.extents()) {
            boolean edge = column == Column.REFERENCES;
            if (edge != extent.isInline()) {
              sought.remove(new Held(extent.id(), edge ? owner.sequence() : 0));
            }
          }
        });
    for (Held held : sought) {
      String what = column == Column.REFERENCES ? "blob " : "inline value ";
      tally.inconsistent(what + Long.toHexString(held.id()), detail);
    }
    sought.clear();
  }
}
