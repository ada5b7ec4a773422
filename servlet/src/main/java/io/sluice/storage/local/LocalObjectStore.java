package io.sluice.storage.local;

import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Usage;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.local.blob.StoredBody;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects of the local store. Thread-safe. */
final class LocalObjectStore implements ObjectStore {
  private final LocalEngine engine;
  private final LocalCopies copies;
  private final LocalAppends appends;
  private final LocalRenames renames;

  LocalObjectStore(LocalEngine engine) {
    this.engine = engine;
    this.copies = new LocalCopies(engine);
    this.appends = new LocalAppends(engine);
    this.renames = new LocalRenames(engine);
  }

  @Override
  public ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload)
      throws IOException {
    Place early = engine.buckets().place(target);
    if (!options.conditions().isNone()) {
      options.conditions().checkWrite(engine.index().currentInfo(early));
    }
    engine
        .admission()
        .check(
            early.bucket(),
            Usage.ofObject(payload.lengthBytes().orElse(0)),
            () -> engine.index().replaced(early));
    try (StoredBody body = engine.intake().read(payload, options.wrapping());
        KeyLocks.Held held = engine.locks().key(early)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(target);
      if (!options.conditions().isNone()) {
        options.conditions().checkWrite(engine.index().currentInfo(place));
      }
      VersionRecord version =
          appends.create(batch, place, options, new LocalAppends.Arrived(payload, body));
      engine.commit(batch, body);
      return version.info(place.key(), place.versioning(), true);
    }
  }

  @Override
  public ObjectInfo append(
      ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    return appends.append(target, offsetBytes, options, payload);
  }

  @Override
  public void rename(ObjectRef source, ObjectKey target, RenameOptions options) throws IOException {
    renames.rename(source, target, options);
  }

  @Override
  public ObjectContent get(ObjectRef source, ReadOptions options) throws IOException {
    Place place = engine.buckets().place(source);
    VersionReader.Opened opened =
        engine
            .reader()
            .open(
                place,
                source.versionId(),
                (located, parts) -> {
                  VersionRecord version = located.version();
                  options.keys().admit(version.encryption());
                  VersionReader.check(options.conditions(), located.info(place));
                  ByteRange.Resolved range = VersionReader.range(version, parts, options);
                  return VersionReader.clip(VersionReader.extents(version, parts), range);
                });
    OpenVersion version = opened.version();
    boolean unlocked = false;
    try {
      version.unlock(options.keys(), opened.extents());
      unlocked = true;
    } finally {
      if (!unlocked) {
        version.close();
      }
    }
    ByteRange.Resolved range = VersionReader.range(version.version(), version.parts(), options);
    return new LocalContent(version.located().info(place), range, opened, engine.files());
  }

  @Override
  public ObjectInfo head(ObjectRef source, ReadOptions options) throws IOException {
    Place place = engine.buckets().place(source);
    ObjectIndex.Located located = engine.index().read(place, source.versionId());
    ObjectInfo info = located.info(place);
    options.keys().admit(info.encryption());
    VersionReader.check(options.conditions(), info);
    List<PartRecord> parts =
        options.partNumber() == null ? List.of() : engine.index().manifest(located.version());
    VersionReader.range(located.version(), parts, options);
    return info;
  }

  @Override
  public ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options)
      throws IOException {
    return copies.copy(source, target, options);
  }

  @Override
  public DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    Place early = engine.buckets().place(target);
    try (KeyLocks.Held held = engine.locks().key(early)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(target);
      DeleteResult result = addDeletion(batch, place, target.versionId(), options);
      if (!batch.isEmpty()) {
        engine.commit(batch, null);
      }
      return result;
    }
  }

  private DeleteResult addDeletion(
      IndexBatch batch, Place place, @Nullable String versionId, DeleteOptions options)
      throws IOException {
    ObjectIndex index = engine.index();
    if (versionId != null) {
      ObjectIndex.Located named = index.find(place, versionId);
      boolean marker = named != null && named.version().flags().deleteMarker();
      if (!options.conditions().isNone()) {
        options.conditions().checkWrite(named == null || marker ? null : named.info(place));
      }
      if (named != null && !marker) {
        guard(options.guard(), place, named);
      }
      if (named != null) {
        index.remove(batch, place, named);
      }
      return new DeleteResult(place.key(), versionId, marker ? versionId : null, null);
    }
    if (!options.conditions().isNone()) {
      options.conditions().checkWrite(index.currentInfo(place));
    }
    if (place.versioning() == Versioning.UNVERSIONED) {
      VersionRecord current = index.current(place);
      if (current != null) {
        guard(options.guard(), place, new ObjectIndex.Located(current, true, true));
      }
      index.removeUnversioned(batch, place);
      return new DeleteResult(place.key(), null, null, null);
    }
    VersionRecord marker = engine.marker(place, options.ownerId());
    index.putMarker(batch, place, marker);
    return new DeleteResult(place.key(), null, marker.versionId(), null);
  }

  private void guard(VersionGuard guard, Place place, ObjectIndex.Located located)
      throws IOException {
    guard.check(
        located.info(place), name -> Optional.ofNullable(engine.document(located.version(), name)));
  }

  @Override
  public List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    engine.buckets().require(bucket);
    List<DeleteResult> results = new ArrayList<>(targets.size());
    // One commit for as many as can share one: a batch does not see its own changes, so that a key
    // named twice begins another.
    int done = 0;
    while (done < targets.size()) {
      Set<String> keys = new HashSet<>();
      int end = done;
      while (end < targets.size() && keys.add(targets.get(end).key().value())) {
        end++;
      }
      results.addAll(deleteTogether(bucket, targets.subList(done, end)));
      done = end;
    }
    return results;
  }

  private List<DeleteResult> deleteTogether(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    List<DeleteResult> results = new ArrayList<>(targets.size());
    List<byte[]> keys =
        targets.stream().map(target -> IndexKeys.utf8(target.key().value())).toList();
    int id = engine.buckets().require(bucket).id();
    try (KeyLocks.Held held = engine.locks().keys(bucket.value(), id, keys)) {
      IndexBatch batch = engine.batch(held);
      for (DeleteTarget target : targets) {
        Place place = engine.buckets().place(bucket, target.key());
        try {
          results.add(addDeletion(batch, place, target.versionId(), target.options()));
        } catch (S3Exception e) {
          results.add(new DeleteResult(target.key(), target.versionId(), null, e));
        }
      }
      if (!batch.isEmpty()) {
        engine.commit(batch, null);
      }
    }
    return results;
  }

  @Override
  public Listing list(BucketName bucket, ListQuery query) throws IOException {
    return new CurrentListing(engine.buckets().require(bucket), query).page(engine.database());
  }

  @Override
  public VersionListing listVersions(BucketName bucket, VersionQuery query) throws IOException {
    return new VersionsListing(engine.buckets().require(bucket), query)
        .page(engine.database(), engine.index());
  }

  @Override
  public List<PartInfo> parts(ObjectRef source, int after, int limit) throws IOException {
    Place place = engine.buckets().place(source);
    VersionRecord version = engine.index().read(place, source.versionId()).version();
    return engine.index().manifest(version).stream()
        .map(PartRecord::info)
        .filter(part -> part.partNumber() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<byte[]> document(ObjectRef source, String name) throws IOException {
    Place place = engine.buckets().place(source);
    VersionRecord version = engine.index().read(place, source.versionId()).version();
    return Optional.ofNullable(engine.document(version, name));
  }

  @Override
  public ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException {
    return changeDocument(target, name, document, guard);
  }

  @Override
  public ObjectInfo deleteDocument(ObjectRef target, String name) throws IOException {
    return changeDocument(target, name, null, VersionGuard.NONE);
  }

  private ObjectInfo changeDocument(
      ObjectRef target, String name, byte @Nullable [] document, VersionGuard guard)
      throws IOException {
    Place early = engine.buckets().place(target);
    try (KeyLocks.Held held = engine.locks().key(early)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(target);
      ObjectIndex.Located located = engine.index().read(place, target.versionId());
      guard(guard, place, located);
      VersionRecord version = located.version();
      VersionRecord.Flags flags = version.flags();
      byte[] row = IndexKeys.document(version.sequence(), name);
      if (document != null) {
        batch.put(Column.DOCUMENTS, row, document);
        if (!flags.documents()) {
          VersionRecord marked =
              version.withFlags(new VersionRecord.Flags(flags.nullVersion(), false, true));
          located = new ObjectIndex.Located(marked, located.current(), located.latest());
          engine.index().rewrite(batch, place, located);
        }
      } else if (flags.documents()) {
        batch.delete(Column.DOCUMENTS, row);
      }
      if (!batch.isEmpty()) {
        engine.commit(batch, null);
      }
      return located.info(place);
    }
  }

  @Override
  public ObjectInfo setStorageClass(ObjectRef target, String storageClass, VersionGuard guard)
      throws IOException {
    Place early = engine.buckets().place(target);
    try (KeyLocks.Held held = engine.locks().key(early)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(target);
      ObjectIndex.Located located = engine.index().read(place, target.versionId());
      guard(guard, place, located);
      VersionRecord before = located.version();
      ObjectIndex.Located after =
          new ObjectIndex.Located(
              before.withMetadata(before.metadata().withStorageClass(storageClass)),
              located.current(),
              located.latest());
      engine.index().rewrite(batch, place, after);
      engine.commit(batch, null);
      return after.info(place);
    }
  }

  @Override
  public ObjectInfo setEncryption(
      ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, VersionGuard guard)
      throws IOException {
    return new LocalReencryption(engine)
        .set(target, keys, wrapping, (place, version) -> guard(guard, place, version));
  }
}
