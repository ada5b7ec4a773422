package io.sluice.storage.cache;

import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
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
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads through the cache, writes past it: the back end decides, and what is here of the object
 * goes before and after, whether the write succeeds or not. Thread-safe.
 */
final class CachedObjectStore implements ObjectStore {
  private final ObjectStore base;
  private final CacheReads reads;

  CachedObjectStore(ObjectStore base, CacheReads reads) {
    this.base = base;
    this.reads = reads;
  }

  /** A change of one object. */
  interface Write<T> {
    T run() throws IOException;
  }

  static <T> T write(CacheReads reads, CacheKey key, Write<T> write) throws IOException {
    reads.invalidate(key);
    try {
      return write.run();
    } finally {
      reads.invalidate(key);
    }
  }

  private <T> T write(ObjectRef target, Write<T> write) throws IOException {
    return write(reads, CacheKey.of(target), write);
  }

  @Override
  public ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload)
      throws IOException {
    return write(target, () -> base.put(target, options, payload));
  }

  @Override
  public ObjectContent get(ObjectRef source, ReadOptions options) throws IOException {
    return reads.get(source, options);
  }

  @Override
  public ObjectInfo head(ObjectRef source, ReadOptions options) throws IOException {
    return reads.head(source, options);
  }

  @Override
  public ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options)
      throws IOException {
    return write(target, () -> base.copy(source, target, options));
  }

  @Override
  public DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    return write(target, () -> base.delete(target, options));
  }

  @Override
  public List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    for (DeleteTarget target : targets) {
      reads.invalidate(new CacheKey(bucket, target.key()));
    }
    try {
      return base.deleteAll(bucket, targets);
    } finally {
      for (DeleteTarget target : targets) {
        reads.invalidate(new CacheKey(bucket, target.key()));
      }
    }
  }

  @Override
  public Listing list(BucketName bucket, ListQuery query) throws IOException {
    return base.list(bucket, query);
  }

  @Override
  public VersionListing listVersions(BucketName bucket, VersionQuery query) throws IOException {
    return base.listVersions(bucket, query);
  }

  @Override
  public List<PartInfo> parts(ObjectRef source, int after, int limit) throws IOException {
    return base.parts(source, after, limit);
  }

  @Override
  public Optional<byte[]> document(ObjectRef source, String name) throws IOException {
    return base.document(source, name);
  }

  @Override
  public ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException {
    return write(target, () -> base.putDocument(target, name, document, guard));
  }

  @Override
  public ObjectInfo deleteDocument(ObjectRef target, String name) throws IOException {
    return write(target, () -> base.deleteDocument(target, name));
  }

  @Override
  public void rename(ObjectRef source, ObjectKey target, RenameOptions options) throws IOException {
    ObjectRef renamed = ObjectRef.of(source.bucket(), target);
    write(
        source,
        () ->
            write(
                renamed,
                () -> {
                  base.rename(source, target, options);
                  return true;
                }));
  }

  @Override
  public ObjectInfo append(
      ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    return write(target, () -> base.append(target, offsetBytes, options, payload));
  }

  @Override
  public ObjectInfo setStorageClass(ObjectRef target, String storageClass, VersionGuard guard)
      throws IOException {
    return write(target, () -> base.setStorageClass(target, storageClass, guard));
  }

  @Override
  public ObjectInfo setEncryption(
      ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, VersionGuard guard)
      throws IOException {
    return write(target, () -> base.setEncryption(target, keys, wrapping, guard));
  }
}
