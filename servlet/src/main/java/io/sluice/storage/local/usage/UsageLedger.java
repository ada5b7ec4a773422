package io.sluice.storage.local.usage;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.IndexBatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What buckets and accounts take, in memory, and their quotas. A commit first reserves what it
 * adds, under the lock of the account, and is refused when that does not fit beside all that others
 * have reserved; then it is written; then it counts. What it takes away counts only once that is
 * written, so that no quota is ever exceeded. An account takes what its buckets take. Thread-safe.
 */
public final class UsageLedger {
  private final Quota accountQuota;
  private final Map<Integer, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  /**
   * An empty ledger.
   *
   * @param accountQuota the quota of each account
   */
  public UsageLedger(Quota accountQuota) {
    this.accountQuota = accountQuota;
  }

  /** What one bucket, or one account, takes and has reserved; guarded by its account. */
  private static final class Tally {
    private Usage used = Usage.NONE;
    private Usage reserved = Usage.NONE;

    private boolean allows(Quota quota, Usage change) {
      return quota.allows(used.plus(reserved), change);
    }
  }

  /** An account; its monitor guards it and its buckets. */
  private static final class Account {
    private final Tally tally = new Tally();
    private @Nullable Quota quota;
  }

  /** A bucket; guarded by its account. */
  private static final class Bucket {
    private final String name;
    private final Account account;
    private final Tally tally = new Tally();
    private Quota quota = Quota.NONE;

    private Bucket(String name, Account account) {
      this.name = name;
      this.account = account;
    }
  }

  /** Enters a bucket with what it takes. */
  public void open(BucketRecord record, Usage used, Quota quota) {
    Account account = accounts.computeIfAbsent(record.info().ownerId(), owner -> new Account());
    Bucket bucket = new Bucket(record.info().name().value(), account);
    synchronized (account) {
      bucket.quota = quota;
      bucket.tally.used = used;
      account.tally.used = account.tally.used.plus(used);
    }
    buckets.put(record.id(), bucket);
  }

  /** Strikes out a bucket that is deleted, and by now empty. */
  public void close(int bucketId) {
    buckets.remove(bucketId);
  }

  /** Sets the quota of a bucket; what it takes already stays. */
  public void limit(int bucketId, Quota quota) {
    Bucket bucket = require(bucketId);
    synchronized (bucket.account) {
      bucket.quota = quota;
    }
  }

  private Bucket require(int bucketId) {
    Bucket bucket = buckets.get(bucketId);
    if (bucket == null) {
      throw new IllegalStateException("No bucket " + bucketId + " in the ledger");
    }
    return bucket;
  }

  /** What a bucket takes. */
  public Usage usage(int bucketId) {
    Bucket bucket = require(bucketId);
    synchronized (bucket.account) {
      return bucket.tally.used;
    }
  }

  /** What the buckets of an account take. */
  public Usage accountUsage(String ownerId) {
    Account account = accounts.get(ownerId);
    if (account == null) {
      return Usage.NONE;
    }
    synchronized (account) {
      return account.tally.used;
    }
  }

  /** The quota of an account: its own, or that of all. */
  public Quota accountQuota(String ownerId) {
    Account account = accounts.get(ownerId);
    if (account == null) {
      return accountQuota;
    }
    synchronized (account) {
      return quotaOf(account);
    }
  }

  private Quota quotaOf(Account account) {
    return account.quota == null ? accountQuota : account.quota;
  }

  /** Sets the quota of an account, or with null leaves it to that of all. */
  public void limitAccount(String ownerId, @Nullable Quota quota) {
    Account account = accounts.computeIfAbsent(ownerId, owner -> new Account());
    synchronized (account) {
      account.quota = quota;
    }
  }

  /** What all buckets take. */
  public Usage total() {
    Usage total = Usage.NONE;
    for (Account account : accounts.values()) {
      synchronized (account) {
        total = total.plus(account.tally.used);
      }
    }
    return total;
  }

  /** Whether a change would fit now; a bucket that has gone by now refuses it elsewhere. */
  boolean fits(int bucketId, Usage change) {
    Bucket bucket = buckets.get(bucketId);
    if (bucket == null) {
      return true;
    }
    synchronized (bucket.account) {
      return allows(bucket, change);
    }
  }

  private boolean allows(Bucket bucket, Usage change) {
    return bucket.tally.allows(bucket.quota, change)
        && bucket.account.tally.allows(quotaOf(bucket.account), change);
  }

  /**
   * Reserves what a batch adds; followed by {@link #settle}.
   *
   * @throws io.sluice.error.S3Exception QuotaExceeded, and nothing is reserved
   */
  public void reserve(IndexBatch batch) {
    if (batch.usage().equals(Usage.NONE)) {
      return;
    }
    Bucket bucket = require(batch.usageBucket());
    Usage added = growth(batch.usage());
    synchronized (bucket.account) {
      if (!allows(bucket, added)) {
        throw exceeded(bucket.name);
      }
      bucket.tally.reserved = bucket.tally.reserved.plus(added);
      bucket.account.tally.reserved = bucket.account.tally.reserved.plus(added);
    }
  }

  /** Counts what was reserved, or gives it free. */
  public void settle(IndexBatch batch, boolean committed) {
    if (batch.usage().equals(Usage.NONE)) {
      return;
    }
    Bucket bucket = require(batch.usageBucket());
    Usage added = growth(batch.usage());
    Usage counted = committed ? batch.usage() : Usage.NONE;
    synchronized (bucket.account) {
      for (Tally tally : new Tally[] {bucket.tally, bucket.account.tally}) {
        tally.reserved = tally.reserved.minus(added);
        tally.used = tally.used.plus(counted);
      }
    }
  }

  /** As far as a change makes more of what quotas limit: all bytes, and objects. */
  private static Usage growth(Usage change) {
    return new Usage(Math.max(0, change.totalBytes()), Math.max(0, change.objects()), 0, 0);
  }

  static S3Exception exceeded(String bucketName) {
    return S3ErrorCode.QUOTA_EXCEEDED.exception().with("BucketName", bucketName);
  }
}
