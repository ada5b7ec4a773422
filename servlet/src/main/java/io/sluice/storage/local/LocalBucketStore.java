package io.sluice.storage.local;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.UsageRows;
import io.sluice.storage.option.Durability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Buckets of the local store. Thread-safe. */
final class LocalBucketStore implements BucketStore {
  private final LocalEngine engine;
  private final UploadIndex uploads;

  LocalBucketStore(LocalEngine engine, UploadIndex uploads) {
    this.engine = engine;
    this.uploads = uploads;
  }

  @Override
  public void create(BucketInfo bucket, Map<String, byte[]> settings) throws IOException {
    try (KeyLocks.Held held = engine.locks().bucket(bucket.name().value())) {
      BucketRecord existing = engine.buckets().find(bucket.name().value());
      if (existing != null) {
        throw (existing.info().ownerId().equals(bucket.ownerId())
                ? S3ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU
                : S3ErrorCode.BUCKET_ALREADY_EXISTS)
            .exception()
            .with("BucketName", bucket.name());
      }
      byte @Nullable [] quota = settings.get(Quota.SETTING);
      BucketRecord made = new BucketRecord(engine.sequences().nextBucket(), bucket);
      engine
          .admission()
          .usage()
          .open(made, Usage.NONE, quota == null ? Quota.NONE : Quota.parse(quota));
      byte @Nullable [] durability = settings.get(Durability.SETTING);
      Durability parsed = durability == null ? null : Durability.parse(durability);
      write(held, made, settings);
      engine.buckets().setDurability(made.id(), parsed);
    }
  }

  private void write(KeyLocks.Held held, BucketRecord bucket, Map<String, byte[]> settings)
      throws IOException {
    String name = bucket.info().name().value();
    IndexBatch batch = engine.batch(held);
    for (Map.Entry<String, byte[]> setting : settings.entrySet()) {
      batch.put(
          Column.BUCKETS, IndexKeys.setting(bucket.id(), setting.getKey()), setting.getValue());
    }
    batch.put(Column.BUCKETS, IndexKeys.bucketName(name), IndexCodec.encode(bucket));
    engine.commit(batch, null);
    engine.buckets().put(bucket);
  }

  @Override
  public BucketInfo head(BucketName bucket) {
    return engine.buckets().require(bucket).info();
  }

  @Override
  public void delete(BucketName name) throws IOException {
    try (KeyLocks.Held held = engine.locks().bucket(name.value())) {
      IndexBatch batch = engine.batch(held);
      int id = engine.buckets().require(name).id();
      if (holdsRows(Column.CURRENT, id) || holdsRows(Column.VERSIONS, id)) {
        throw S3ErrorCode.BUCKET_NOT_EMPTY.exception().with("BucketName", name);
      }
      uploads.dropAll(batch, id);
      try (IndexScan settings =
          engine
              .database()
              .scan(Column.BUCKETS, IndexKeys.setting(id, ""), IndexKeys.setting(id + 1, ""))) {
        for (; settings.valid(); settings.next()) {
          batch.delete(Column.BUCKETS, settings.key());
        }
      }
      batch.delete(Column.BUCKETS, IndexKeys.bucketName(name.value()));
      UsageRows.delete(batch, id);
      engine.commit(batch, null);
      engine.buckets().remove(name);
      engine.admission().usage().close(id);
    }
  }

  private boolean holdsRows(Column column, int id) throws IOException {
    try (IndexScan scan =
        engine.database().scan(column, IndexKeys.bucket(id), IndexKeys.bucket(id + 1))) {
      return scan.valid();
    }
  }

  @Override
  public List<BucketInfo> list(String prefix, @Nullable String after, int limit) {
    List<BucketInfo> found = new ArrayList<>();
    String from = after != null && after.compareTo(prefix) > 0 ? after : prefix;
    for (BucketRecord bucket : engine.buckets().records().tailMap(from, true).values()) {
      String name = bucket.info().name().value();
      if (!name.startsWith(prefix) || found.size() == limit) {
        break;
      }
      if (!name.equals(after)) {
        found.add(bucket.info());
      }
    }
    return found;
  }

  @Override
  public void setVersioning(BucketName name, Versioning state, BucketGuard guard)
      throws IOException {
    // Alone in the bucket: no write may go by the old state once the new one was acknowledged.
    try (KeyLocks.Held held = engine.locks().bucket(name.value())) {
      BucketRecord bucket = engine.buckets().require(name);
      if (state == Versioning.UNVERSIONED && bucket.versioning() != state) {
        throw S3ErrorCode.ILLEGAL_VERSIONING_CONFIGURATION.exception(
            "Versioning can be suspended, and never taken away.");
      }
      guard.check(bucket.info(), setting -> setting(name, setting));
      write(held, bucket.withVersioning(state), Map.of());
    }
  }

  @Override
  public Optional<byte[]> setting(BucketName bucket, String name) throws IOException {
    return engine.buckets().setting(engine.buckets().require(bucket).id(), name);
  }

  @Override
  public void putSetting(BucketName bucket, String name, byte[] document, BucketGuard guard)
      throws IOException {
    changeSetting(bucket, name, document, guard);
  }

  @Override
  public void deleteSetting(BucketName bucket, String name) throws IOException {
    changeSetting(bucket, name, null, BucketGuard.NONE);
  }

  @Override
  public Usage usage(BucketName bucket) {
    return engine.admission().usage().usage(engine.buckets().require(bucket).id());
  }

  @Override
  public Usage recount(BucketName bucket) throws IOException {
    // Alone in the bucket, so that what is counted is of one moment.
    try (KeyLocks.Held held = engine.locks().bucket(bucket.value())) {
      held.check();
      return UsageRows.recount(engine.database(), engine.buckets().require(bucket).id());
    }
  }

  @Override
  public Usage accountUsage(String ownerId) {
    return engine.admission().usage().accountUsage(ownerId);
  }

  @Override
  public Quota accountQuota(String ownerId) {
    return engine.admission().usage().accountQuota(ownerId);
  }

  @Override
  public void putAccountQuota(String ownerId, @Nullable Quota quota) throws IOException {
    IndexBatch batch = new IndexBatch();
    byte[] row = IndexKeys.utf8(ownerId);
    if (quota == null) {
      batch.delete(Column.ACCOUNTS, row);
    } else {
      batch.put(Column.ACCOUNTS, row, quota.document());
    }
    engine.database().write(batch, Durability.GROUP);
    engine.admission().usage().limitAccount(ownerId, quota);
  }

  private void changeSetting(
      BucketName name, String setting, byte @Nullable [] document, BucketGuard guard)
      throws IOException {
    Quota quota =
        setting.equals(Quota.SETTING) && document != null ? Quota.parse(document) : Quota.NONE;
    Durability durability =
        setting.equals(Durability.SETTING) && document != null ? Durability.parse(document) : null;
    try (KeyLocks.Held held = engine.locks().bucket(name.value())) {
      BucketRecord bucket = engine.buckets().require(name);
      guard.check(bucket.info(), other -> setting(name, other));
      IndexBatch batch = engine.batch(held);
      byte[] key = IndexKeys.setting(bucket.id(), setting);
      if (document == null) {
        batch.delete(Column.BUCKETS, key);
      } else {
        batch.put(Column.BUCKETS, key, document);
      }
      try {
        engine.commit(batch, null);
      } finally {
        // Also when it fails: nobody knows then what is stored.
        engine.buckets().changed(bucket.id(), setting);
      }
      if (setting.equals(Quota.SETTING)) {
        engine.admission().usage().limit(bucket.id(), quota);
      }
      if (setting.equals(Durability.SETTING)) {
        // What was relaxed until now becomes durable before the change is answered.
        engine.database().settle();
        engine.buckets().setDurability(bucket.id(), durability);
      }
    }
  }
}
