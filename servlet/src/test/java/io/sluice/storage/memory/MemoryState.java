package io.sluice.storage.memory;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.model.PartInfo;
import io.sluice.model.Quota;
import io.sluice.model.UploadInfo;
import io.sluice.model.Usage;
import io.sluice.model.Utf8Order;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.UploadOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the stores in memory share; guarded by its own monitor. */
final class MemoryState {
  final long minPartSizeBytes;
  final TreeMap<BucketName, Bucket> buckets = new TreeMap<>();
  private long sequence;

  MemoryState(long minPartSizeBytes) {
    this.minPartSizeBytes = minPartSizeBytes;
  }

  /** A version with its bytes; its info carries the internal id, "null" for the null version. */
  record Stored(
      ObjectInfo info, byte[] bytes, Map<String, byte[]> documents, List<PartInfo> parts) {}

  /** A part with its bytes. */
  record StoredPart(PartInfo info, byte[] bytes) {}

  /** An upload under way, or completed when {@code result} is set. */
  static final class Upload {
    final UploadInfo info;
    final UploadOptions options;
    final TreeMap<Integer, StoredPart> parts = new TreeMap<>();
    @Nullable List<CompleteOptions.CompletedPart> completedWith;
    @Nullable ObjectInfo result;

    Upload(UploadInfo info, UploadOptions options) {
      this.info = info;
      this.options = options;
    }

    Usage usage() {
      Usage used = Usage.NONE;
      for (StoredPart part : parts.values()) {
        used = used.plus(Usage.ofPart(part.info().sizeBytes()));
      }
      return used;
    }

    Usage usage(int partNumber) {
      StoredPart part = parts.get(partNumber);
      return part == null ? Usage.NONE : Usage.ofPart(part.info().sizeBytes());
    }
  }

  /** A bucket; the versions of a key stand from the newest to the oldest. */
  static final class Bucket {
    BucketInfo info;
    final Map<String, byte[]> settings = new HashMap<>();
    final TreeMap<String, List<Stored>> keys = new TreeMap<>(Utf8Order.INSTANCE);
    final Map<String, String> renames = new HashMap<>();
    final TreeMap<String, Upload> uploads = new TreeMap<>();

    Bucket(BucketInfo info) {
      this.info = info;
    }

    /** The info as readers see it. */
    ObjectInfo view(Stored stored) {
      ObjectInfo info = stored.info();
      if (this.info.versioning() == Versioning.UNVERSIONED) {
        return info.withVersion(ObjectVersion.UNVERSIONED);
      }
      List<Stored> versions = keys.getOrDefault(info.key().value(), List.of());
      boolean latest = !versions.isEmpty() && versions.get(0) == stored;
      return info.withVersion(
          new ObjectVersion(info.version().id(), latest, info.version().deleteMarker()));
    }

    @Nullable Stored current(ObjectKey key) {
      List<Stored> versions = keys.get(key.value());
      Stored first = versions == null ? null : versions.get(0);
      return first == null || first.info().version().deleteMarker() ? null : first;
    }

    @Nullable ObjectInfo currentInfo(ObjectKey key) {
      Stored current = current(key);
      return current == null ? null : view(current);
    }

    @Nullable Stored version(ObjectKey key, String id) {
      for (Stored stored : keys.getOrDefault(key.value(), List.of())) {
        if (id.equals(stored.info().version().id())) {
          return stored;
        }
      }
      return null;
    }

    void remove(Stored stored) {
      String key = stored.info().key().value();
      List<Stored> versions = keys.get(key);
      if (versions != null) {
        versions.remove(stored);
        if (versions.isEmpty()) {
          keys.remove(key);
        }
      }
    }

    void replace(Stored before, Stored after) {
      keys.getOrDefault(before.info().key().value(), new ArrayList<>())
          .replaceAll(stored -> stored == before ? after : stored);
    }

    /** What the bucket takes, counted. */
    Usage usage() {
      Usage used = Usage.NONE;
      for (List<Stored> versions : keys.values()) {
        for (Stored stored : versions) {
          if (!stored.info().version().deleteMarker()) {
            used = used.plus(Usage.ofObject(stored.info().sizeBytes()));
          }
        }
      }
      for (Upload upload : uploads.values()) {
        used = used.plus(upload.usage());
      }
      return used;
    }

    /** Refuses a new current version above the quota; it replaces what {@code freed} says too. */
    void admit(ObjectKey key, long sizeBytes, Usage freed) {
      Usage change = Usage.ofObject(sizeBytes).minus(freed);
      if (info.versioning() != Versioning.ENABLED) {
        Stored old = version(key, ObjectRef.NULL_VERSION);
        if (old != null && !old.info().version().deleteMarker()) {
          change = change.minus(Usage.ofObject(old.info().sizeBytes()));
        }
      }
      admit(change);
    }

    void admit(Usage change) {
      byte[] document = settings.get(Quota.SETTING);
      if (document != null && !Quota.parse(document).allows(usage(), change)) {
        throw S3ErrorCode.QUOTA_EXCEEDED.exception().with("BucketName", info.name());
      }
    }

    /** Puts a new current version; where the null version is written, it replaces the old one. */
    void add(Stored stored) {
      ObjectKey key = stored.info().key();
      if (ObjectRef.NULL_VERSION.equals(stored.info().version().id())) {
        Stored old = version(key, ObjectRef.NULL_VERSION);
        if (old != null) {
          remove(old);
        }
      }
      keys.computeIfAbsent(key.value(), name -> new ArrayList<>()).add(0, stored);
    }
  }

  Bucket bucket(BucketName name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw S3ErrorCode.NO_SUCH_BUCKET.exception().with("BucketName", name);
    }
    return bucket;
  }

  /** The id of the next version, whose order is that of time. */
  String nextVersionId(Bucket bucket) {
    return bucket.info.versioning() == Versioning.ENABLED ? nextId() : ObjectRef.NULL_VERSION;
  }

  String nextId() {
    return String.format("%032x", ++sequence);
  }

  /** The version that a reading ref names. */
  Stored read(ObjectRef ref) {
    Bucket bucket = bucket(ref.bucket());
    if (ref.versionId() != null) {
      Stored stored = bucket.version(ref.key(), ref.versionId());
      if (stored == null) {
        throw S3ErrorCode.NO_SUCH_VERSION
            .exception()
            .with("Key", ref.key())
            .with("VersionId", ref.versionId());
      }
      if (stored.info().version().deleteMarker()) {
        throw marker(S3ErrorCode.METHOD_NOT_ALLOWED.exception(), stored)
            .withHeader(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    stored.info().modifiedAt().atOffset(ZoneOffset.UTC)));
      }
      return stored;
    }
    Stored current = bucket.current(ref.key());
    if (current == null) {
      S3Exception error = S3ErrorCode.NO_SUCH_KEY.exception().with("Key", ref.key());
      List<Stored> versions = bucket.keys.get(ref.key().value());
      throw versions == null ? error : marker(error, versions.get(0));
    }
    return current;
  }

  private static S3Exception marker(S3Exception error, Stored marker) {
    return error
        .withHeader("x-amz-delete-marker", "true")
        .withHeader("x-amz-version-id", marker.info().version().id());
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
