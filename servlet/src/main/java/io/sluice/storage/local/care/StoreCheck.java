package io.sluice.storage.local.care;

import io.sluice.model.Usage;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexView;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.local.index.UsageRows;
import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The check of everything against everything. Rows are compared with rows as they were at one
 * moment; files, which writers and the janitor change meanwhile, with the rows of now. Memory is
 * bounded; the time is that of reading all bytes, and of one walk over all owners for each so many
 * damaged blobs. Confined to one thread.
 */
final class StoreCheck {
  /** Blobs whose objects are looked up in one walk. */
  private static final int NAMED_AT_ONCE = 1_000;

  private final LocalCare.Store store;
  private final Pace pace;
  private final Tally tally;
  private boolean allReadable = true;

  StoreCheck(LocalCare.Store store, Pace pace, Consumer<Finding> told) {
    this.store = store;
    this.pace = pace;
    this.tally = new Tally(told);
  }

  Maintenance.Checked run(Maintenance.Orphans orphans) throws IOException, InterruptedException {
    try (IndexView view = store.database().view()) {
      checkIndex(view);
      checkBlobs(view);
    }
    checkFiles(orphans);
    return tally.checked();
  }

  private void checkIndex(Rows view) throws IOException, InterruptedException {
    Owners owners = new Owners(view);
    VersionRules versions = new VersionRules(view, owners, tally);
    HoldingRules holdings = new HoldingRules(view, owners, tally, pace);
    BelongingRules belongings = new BelongingRules(view, owners, tally);
    owners.each(
        new Owners.Visitor() {
          @Override
          public void version(Owners.Standing version) throws IOException {
            versions.check(version);
            belongings.check(version);
          }

          @Override
          public void unreadable(String name, String detail) {
            allReadable = false;
            tally.inconsistent(name, detail);
          }

          @Override
          public void owner(Owners.Owner owner) throws IOException, InterruptedException {
            holdings.check(owner);
          }
        });
    versions.checkNulls();
    holdings.checkUnowned();
    belongings.checkUnowned();
    // What cannot be read cannot be counted, and has been told.
    if (allReadable) {
      checkUsage(view, owners);
    }
  }

  /** The counters are kept by every batch, so that they are those of this view. */
  private void checkUsage(Rows view, Owners owners) throws IOException, InterruptedException {
    for (Map.Entry<Integer, String> bucket : owners.buckets().entrySet()) {
      pace.spend(0);
      Usage kept = UsageRows.read(view, bucket.getKey());
      Usage counted = UsageRows.recount(view, bucket.getKey());
      if (!kept.equals(counted)) {
        tally.inconsistent(
            bucket.getValue(), "its counters say " + kept + " and its rows " + counted);
      }
    }
  }

  private void checkBlobs(Rows view) throws IOException, InterruptedException {
    BlobAudit audit = new BlobAudit(store.database(), store.blobs(), store.pins());
    Map<Long, BlobAudit.Fault> faults = new LinkedHashMap<>();
    view.each(
        Column.BLOBS,
        row -> {
          long id = IndexKeys.lastLong(row.key());
          tally.blobs++;
          if (!BlobAudit.isReferenced(view, id)
              && view.get(Column.JOBS, IndexKeys.job(IndexKeys.GARBAGE, id)) == null) {
            tally.tell(
                Finding.Kind.ORPHAN, audit.name(id), "nothing refers to it, nor will it be freed");
          }
          BlobAudit.Fault fault = audit.examine(id, pace);
          if (fault == null) {
            store.damaged().remove(id);
          } else {
            store.damaged().add(id);
            faults.put(id, fault);
          }
          if (faults.size() == NAMED_AT_ONCE) {
            tell(view, faults);
          }
        });
    tell(view, faults);
    tally.bytes += audit.bytes();
  }

  private void tell(Rows view, Map<Long, BlobAudit.Fault> faults)
      throws IOException, InterruptedException {
    if (faults.isEmpty()) {
      return;
    }
    Map<Long, List<String>> names = new Owners(view).namesOf(faults.keySet());
    faults.forEach(
        (id, fault) ->
            names
                .getOrDefault(id, List.of("(no object)"))
                .forEach(name -> tally.tell(fault.kind(), name, fault.detail())));
    faults.clear();
  }

  /** Files of this run may be on their way into the index; a crash's leftovers are older. */
  private void checkFiles(Maintenance.Orphans orphans) throws IOException, InterruptedException {
    IndexDatabase now = store.database();
    Path root = store.blobs().root();
    for (long epoch : store.blobs().epochsBefore(store.blobs().firstEpoch())) {
      for (long id : store.blobs().files(epoch)) {
        pace.spend(0);
        Path file = store.blobs().path(id);
        boolean orphan =
            now.get(Column.BLOBS, IndexKeys.id(id)) == null
                // With a reference but no record it is damage, and the bytes may be wanted.
                && !BlobAudit.isReferenced(now, id)
                // The janitor deletes the file before the row: it may just have done so.
                && Files.exists(file);
        if (orphan) {
          boolean deleted = orphans == Maintenance.Orphans.DELETE;
          long size = Files.size(file);
          if (deleted) {
            store.blobs().delete(id);
          }
          tally.tell(
              Finding.Kind.ORPHAN,
              "blobs/" + root.relativize(file),
              "nothing refers to its " + size + " bytes" + (deleted ? "; deleted" : ""));
        }
      }
    }
  }
}
