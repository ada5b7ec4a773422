package io.sluice.storage.memory;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Usage;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.model.encryption.Encryption;
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
import io.sluice.storage.memory.MemoryState.Bucket;
import io.sluice.storage.memory.MemoryState.Stored;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects in memory. */
final class MemoryObjectStore implements ObjectStore {
  private final MemoryState state;
  private final MemoryEdits edits;

  MemoryObjectStore(MemoryState state) {
    this.state = state;
    this.edits = new MemoryEdits(state);
  }

  @Override
  public ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload)
      throws IOException {
    synchronized (state) {
      Bucket bucket = state.bucket(target.bucket());
      options.conditions().checkWrite(bucket.currentInfo(target.key()));
      bucket.admit(target.key(), payload.lengthBytes().orElse(0), Usage.NONE);
    }
    byte[] bytes = payload.stream().readAllBytes();
    synchronized (state) {
      Bucket bucket = state.bucket(target.bucket());
      options.conditions().checkWrite(bucket.currentInfo(target.key()));
      bucket.admit(target.key(), bytes.length, Usage.NONE);
      ObjectInfo info =
          new ObjectInfo(
              target.key(),
              new ObjectVersion(state.nextVersionId(bucket), true, false),
              bytes.length,
              KeyWrapping.tag(options.wrapping(), payload.etag()),
              MemoryState.now(),
              options.metadata(),
              payload.checksums(),
              0,
              options.ownerId(),
              KeyWrapping.encryptionOf(options.wrapping()));
      Stored stored = new Stored(info, bytes, Map.copyOf(options.documents()), List.of());
      bucket.add(stored);
      return bucket.view(stored);
    }
  }

  @Override
  public ObjectContent get(ObjectRef source, ReadOptions options) {
    synchronized (state) {
      Stored stored = state.read(source);
      ObjectInfo info = state.bucket(source.bucket()).view(stored);
      options.keys().admit(info.encryption());
      return MemoryContent.open(info, stored.bytes(), stored.parts(), options);
    }
  }

  @Override
  public ObjectInfo head(ObjectRef source, ReadOptions options) {
    return get(source, options).info();
  }

  @Override
  public ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options) {
    synchronized (state) {
      Stored from = state.read(source);
      ObjectInfo fromInfo = state.bucket(source.bucket()).view(from);
      options.sourceKeys().admit(fromInfo.encryption());
      if (options.sourceConditions().evaluateRead(fromInfo) != Preconditions.Outcome.PROCEED) {
        throw S3ErrorCode.PRECONDITION_FAILED.exception();
      }
      Bucket bucket = state.bucket(target.bucket());
      options.targetConditions().checkWrite(bucket.currentInfo(target.key()));
      bucket.admit(target.key(), fromInfo.sizeBytes(), Usage.NONE);
      ObjectInfo info =
          new ObjectInfo(
              target.key(),
              new ObjectVersion(state.nextVersionId(bucket), true, false),
              fromInfo.sizeBytes(),
              tag(from, options),
              MemoryState.now(),
              options.metadataOf(fromInfo.metadata()),
              checksums(fromInfo, from.bytes(), options),
              fromInfo.partCount(),
              options.ownerId(),
              KeyWrapping.encryptionOf(options.wrapping()));
      Map<String, byte[]> documents = new HashMap<>(from.documents());
      documents.keySet().retainAll(options.copiedDocuments());
      documents.putAll(options.documents());
      Stored stored = new Stored(info, from.bytes(), documents, from.parts());
      bucket.add(stored);
      return bucket.view(stored);
    }
  }

  @Override
  public void rename(ObjectRef source, ObjectKey target, RenameOptions options) {
    edits.rename(source, target, options);
  }

  @Override
  public ObjectInfo append(
      ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    return edits.append(target, offsetBytes, options, payload);
  }

  private static ETag tag(Stored from, CopyOptions options) {
    ETag tag = from.info().etag();
    Encryption before = from.info().encryption();
    if (from.info().partCount() > 0) {
      return tag;
    }
    boolean md5 = before == null || before.tagIsMd5();
    return KeyWrapping.tag(
        options.wrapping(), md5 ? tag : new ETag(BytesPayload.md5Hex(from.bytes())));
  }

  private static List<Checksum> checksums(ObjectInfo info, byte[] bytes, CopyOptions options) {
    ChecksumAlgorithm algorithm = options.checksumAlgorithm();
    return algorithm == null
        ? info.checksums()
        : List.of(ChecksumDigest.checksum(algorithm, bytes));
  }

  @Override
  public DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    synchronized (state) {
      Bucket bucket = state.bucket(target.bucket());
      ObjectKey key = target.key();
      String versionId = target.versionId();
      if (versionId != null) {
        Stored named = bucket.version(key, versionId);
        boolean marker = named != null && named.info().version().deleteMarker();
        options.conditions().checkWrite(named == null || marker ? null : bucket.view(named));
        if (named != null && !marker) {
          guard(options.guard(), bucket, named);
        }
        if (named != null) {
          bucket.remove(named);
        }
        return new DeleteResult(key, versionId, marker ? versionId : null, null);
      }
      options.conditions().checkWrite(bucket.currentInfo(key));
      if (bucket.info.versioning() == Versioning.UNVERSIONED) {
        Stored current = bucket.current(key);
        if (current != null) {
          guard(options.guard(), bucket, current);
        }
        bucket.keys.remove(key.value());
        return new DeleteResult(key, null, null, null);
      }
      String markerId = state.nextVersionId(bucket);
      bucket.add(marker(key, markerId, options.ownerId()));
      return new DeleteResult(key, null, markerId, null);
    }
  }

  private static void guard(VersionGuard guard, Bucket bucket, Stored stored) throws IOException {
    guard.check(
        bucket.view(stored),
        name -> Optional.ofNullable(stored.documents().get(name)).map(byte[]::clone));
  }

  static Stored marker(ObjectKey key, String id, String ownerId) {
    ObjectInfo info =
        new ObjectInfo(
            key,
            new ObjectVersion(id, true, true),
            0,
            new ETag(""),
            MemoryState.now(),
            ObjectMetadata.NONE,
            List.of(),
            0,
            ownerId);
    return new Stored(info, new byte[0], Map.of(), List.of());
  }

  @Override
  public List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    synchronized (state) {
      state.bucket(bucket);
      List<DeleteResult> results = new ArrayList<>();
      for (DeleteTarget target : targets) {
        try {
          ObjectRef ref = new ObjectRef(bucket, target.key(), target.versionId());
          results.add(delete(ref, target.options()));
        } catch (S3Exception e) {
          results.add(new DeleteResult(target.key(), target.versionId(), null, e));
        }
      }
      return results;
    }
  }

  @Override
  public Listing list(BucketName name, ListQuery query) {
    synchronized (state) {
      Bucket bucket = state.bucket(name);
      MemoryPage<ObjectInfo> page =
          new MemoryPage<>(query.prefix(), query.delimiter(), query.after(), query.limit());
      for (String key : bucket.keys.keySet()) {
        ObjectInfo info = bucket.currentInfo(new ObjectKey(key));
        if (info != null && page.isAfterStart(key) && !page.offer(key, info)) {
          break;
        }
      }
      return new Listing(page.rows(), page.commonPrefixes(), page.next());
    }
  }

  @Override
  public VersionListing listVersions(BucketName name, VersionQuery query) {
    synchronized (state) {
      Bucket bucket = state.bucket(name);
      MemoryPage<ObjectInfo> page =
          new MemoryPage<>(query.prefix(), query.delimiter(), query.keyMarker(), query.limit());
      String lastId = null;
      boolean full = false;
      for (Map.Entry<String, List<Stored>> entry : bucket.keys.entrySet()) {
        for (Stored stored : entry.getValue()) {
          boolean within =
              page.isAfterStart(entry.getKey())
                  || isAfterMarker(bucket, entry.getKey(), stored, query);
          if (full || !within) {
            continue;
          }
          full = !page.offer(entry.getKey(), bucket.view(stored));
        }
      }
      List<ObjectInfo> rows = page.rows();
      String next = page.next();
      if (next != null && !page.endsWithPrefix()) {
        lastId = rows.get(rows.size() - 1).version().idOrNull();
      }
      return new VersionListing(rows, page.commonPrefixes(), next, lastId);
    }
  }

  private static boolean isAfterMarker(
      Bucket bucket, String key, Stored stored, VersionQuery query) {
    String marker = query.versionIdMarker();
    if (marker == null || !key.equals(query.keyMarker())) {
      return false;
    }
    List<Stored> versions = bucket.keys.getOrDefault(key, List.of());
    Stored markerVersion = bucket.version(new ObjectKey(key), marker);
    return markerVersion == null
        ? String.valueOf(stored.info().version().id()).compareTo(marker) < 0
        : versions.indexOf(stored) > versions.indexOf(markerVersion);
  }

  @Override
  public List<PartInfo> parts(ObjectRef source, int after, int limit) {
    synchronized (state) {
      return state.read(source).parts().stream()
          .filter(part -> part.partNumber() > after)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Optional<byte[]> document(ObjectRef source, String name) {
    synchronized (state) {
      return Optional.ofNullable(state.read(source).documents().get(name)).map(byte[]::clone);
    }
  }

  @Override
  public ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException {
    return changeDocument(target, name, document.clone(), guard);
  }

  @Override
  public ObjectInfo deleteDocument(ObjectRef target, String name) throws IOException {
    return changeDocument(target, name, null, VersionGuard.NONE);
  }

  private ObjectInfo changeDocument(
      ObjectRef target, String name, byte @Nullable [] document, VersionGuard guard)
      throws IOException {
    synchronized (state) {
      Stored before = state.read(target);
      guard(guard, state.bucket(target.bucket()), before);
      Map<String, byte[]> documents = new HashMap<>(before.documents());
      if (document == null) {
        documents.remove(name);
      } else {
        documents.put(name, document);
      }
      Stored after = new Stored(before.info(), before.bytes(), documents, before.parts());
      Bucket bucket = state.bucket(target.bucket());
      bucket.replace(before, after);
      return bucket.view(after);
    }
  }

  @Override
  public ObjectInfo setStorageClass(ObjectRef target, String storageClass, VersionGuard guard)
      throws IOException {
    synchronized (state) {
      Stored before = state.read(target);
      Bucket bucket = state.bucket(target.bucket());
      guard(guard, bucket, before);
      ObjectInfo old = before.info();
      ObjectInfo info =
          new ObjectInfo(
              old.key(),
              old.version(),
              old.sizeBytes(),
              old.etag(),
              old.modifiedAt(),
              old.metadata().withStorageClass(storageClass),
              old.checksums(),
              old.partCount(),
              old.ownerId(),
              old.encryption());
      Stored after = new Stored(info, before.bytes(), before.documents(), before.parts());
      bucket.replace(before, after);
      return bucket.view(after);
    }
  }

  @Override
  public ObjectInfo setEncryption(
      ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, VersionGuard guard)
      throws IOException {
    synchronized (state) {
      Stored before = state.read(target);
      Bucket bucket = state.bucket(target.bucket());
      guard(guard, bucket, before);
      ObjectInfo old = before.info();
      if (old.encryption() == null) {
        throw S3ErrorCode.INVALID_REQUEST.exception("The object is not encrypted.");
      }
      keys.admit(old.encryption());
      ObjectInfo info =
          new ObjectInfo(
              old.key(),
              old.version(),
              old.sizeBytes(),
              old.etag(),
              old.modifiedAt(),
              old.metadata(),
              old.checksums(),
              old.partCount(),
              old.ownerId(),
              wrapping.encryption());
      Stored after = new Stored(info, before.bytes(), before.documents(), before.parts());
      bucket.replace(before, after);
      return bucket.view(after);
    }
  }
}
