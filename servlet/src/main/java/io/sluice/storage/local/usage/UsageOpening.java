package io.sluice.storage.local.usage;

import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.UsageRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a ledger when a store opens, before anything is written. A store that has no counters yet,
 * since an earlier build made it, is counted once. Confined to one thread.
 */
public final class UsageOpening {
  /** Says in {@code meta} that every bucket has counters. */
  private static final byte[] COUNTED = IndexKeys.utf8("usage");

  private static final byte[] YES = {1};
  private static final Logger LOG = LoggerFactory.getLogger(UsageOpening.class);

  private final IndexDatabase database;
  private final UsageLedger ledger;

  public UsageOpening(IndexDatabase database, UsageLedger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  /** Enters all buckets. */
  public void open(Collection<BucketRecord> buckets) throws IOException {
    if (database.get(Column.META, COUNTED) == null) {
      count(buckets);
    }
    for (BucketRecord bucket : buckets) {
      Usage used = UsageRows.read(database, bucket.id());
      ledger.open(bucket, used, quota(bucket));
    }
    try (IndexScan scan =
        database.scan(Column.ACCOUNTS, new byte[0], new byte[] {IndexKeys.ABOVE})) {
      for (; scan.valid(); scan.next()) {
        String owner = new String(scan.key(), StandardCharsets.UTF_8);
        ledger.limitAccount(owner, Quota.parse(scan.value()));
      }
    }
  }

  private void count(Collection<BucketRecord> buckets) throws IOException {
    if (!buckets.isEmpty()) {
      LOG.info("Counting what {} buckets hold, once", buckets.size());
    }
    IndexBatch batch = new IndexBatch();
    for (BucketRecord bucket : buckets) {
      UsageRows.put(batch, bucket.id(), UsageRows.recount(database, bucket.id()));
    }
    // In the same commit as the counters: half a count would never be noticed.
    database.write(batch.put(Column.META, COUNTED, YES));
  }

  private Quota quota(BucketRecord bucket) throws IOException {
    byte @Nullable [] document =
        database.get(Column.BUCKETS, IndexKeys.setting(bucket.id(), Quota.SETTING));
    return document == null ? Quota.NONE : Quota.parse(document);
  }
}
