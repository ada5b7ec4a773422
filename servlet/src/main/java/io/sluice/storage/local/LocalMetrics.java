package io.sluice.storage.local;

import static io.sluice.storage.maintenance.StoreMetric.counter;
import static io.sluice.storage.maintenance.StoreMetric.gauge;

import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.maintenance.StoreMetric;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.List;

/** The numbers that the local store tells about itself. Stateless. */
final class LocalMetrics {
  private static final double NANOS = 1e9;

  private LocalMetrics() {}

  static List<StoreMetric> of(LocalEngine engine, Maintenance care, FileStore disk) {
    List<StoreMetric> all = new ArrayList<>(ofContents(engine, disk));
    all.addAll(ofCare(engine.janitor(), care));
    return List.copyOf(all);
  }

  private static List<StoreMetric> ofContents(LocalEngine engine, FileStore disk) {
    IndexDatabase database = engine.database();
    return List.of(
        counter(
            "store.commits.synced",
            "",
            "Commits that were synced before they were answered.",
            database::syncedCommits),
        counter(
            "store.commits.relaxed",
            "",
            "Commits that were left to a later sync.",
            database::relaxedCommits),
        counter(
            "store.commit.time",
            "seconds",
            "Time that commits took together, with their share of the syncs.",
            () -> database.commitNanos() / NANOS),
        gauge(
            "store.buckets",
            "",
            "Buckets that the store holds.",
            () -> engine.buckets().records().size()),
        gauge(
            "store.objects",
            "",
            "Versions that the store holds, without delete markers.",
            () -> engine.admission().usage().total().objects()),
        gauge(
            "store.used",
            "bytes",
            "Bytes of all versions and of the parts of uploads under way, as clients see them.",
            () -> engine.admission().usage().total().totalBytes()),
        gauge("store.free", "bytes", "Bytes that can still be written.", () -> free(disk)));
  }

  private static List<StoreMetric> ofCare(Janitor janitor, Maintenance care) {
    return List.of(
        gauge(
            "store.janitor.waiting",
            "",
            "Blobs that were let go and wait to be looked at.",
            janitor::waiting),
        counter("store.janitor.freed", "", "Blobs that were deleted.", janitor::freed),
        counter(
            "store.janitor.orphans",
            "",
            "Files of a crash without a reference that were deleted.",
            janitor::orphans),
        counter("store.janitor.faults", "", "Times that freeing space failed.", janitor::faults),
        counter(
            "store.scrub.passes",
            "",
            "Times that the scrubber has read everything.",
            () -> care.scrubbed().passes()),
        counter(
            "store.scrub.read",
            "bytes",
            "Bytes that the scrubber has read.",
            () -> care.scrubbed().bytes()),
        counter(
            "store.scrub.findings",
            "",
            "Damage that the scrubber has found.",
            () -> care.scrubbed().findings()),
        gauge(
            "store.damaged.blobs",
            "",
            "Blobs that are known to be damaged now.",
            () -> care.scrubbed().damagedBlobs()));
  }

  /** Not a number when the disk does not tell. */
  private static double free(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }
}
