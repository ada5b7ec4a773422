package io.sluice.lifecycle;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The classes whose versions are restored before they are read. Their bytes stay where they are, so
 * a restoration is done as soon as it is asked for; that it lasts for some days is a document of
 * the version. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html">
 *     Restoring objects</a>
 */
public final class Archives {
  /** The document of a version that says until when it is restored. */
  static final String DOCUMENT = "restore";

  private final ObjectStore objects;
  private final boolean here;
  private final LifecycleDays days;
  private final Clock clock;

  Archives(Storage storage, LifecycleDays days, Clock clock) {
    this.objects = storage.objects();
    this.here = storage.capabilities().contains(Capability.STORAGE_CLASSES);
    this.days = days;
    this.clock = clock;
  }

  /** Whether a class is one of an archive, and the archive one that is kept here. */
  private boolean isArchive(ObjectInfo info) {
    return here && StorageClasses.isArchive(info.metadata().storageClass());
  }

  /** Whether a restored copy was there already. */
  public enum Restoration {
    BEGUN,
    PROLONGED
  }

  /**
   * Refuses to read an archived version that is not restored.
   *
   * @throws io.sluice.error.S3Exception InvalidObjectState
   */
  public void requireReadable(BucketName bucket, ObjectInfo info) throws IOException {
    require(bucket, info, "The operation is not valid for the object's storage class");
  }

  /**
   * Refuses to copy an archived version that is not restored.
   *
   * @throws io.sluice.error.S3Exception InvalidObjectState
   */
  public void requireCopyable(BucketName bucket, ObjectInfo source) throws IOException {
    require(bucket, source, "Operation is not valid for the source object's storage class");
  }

  private void require(BucketName bucket, ObjectInfo info, String otherwise) throws IOException {
    String storageClass = info.metadata().storageClass();
    if (isArchive(info) && restoredUntil(bucket, info).isEmpty()) {
      throw S3ErrorCode.INVALID_OBJECT_STATE
          .exception(otherwise)
          .with("StorageClass", storageClass);
    }
  }

  /**
   * Refuses to read the version of a ref, before a store is told to do something with its bytes.
   *
   * @throws io.sluice.error.S3Exception InvalidObjectState; the reading errors
   */
  public void requireCopyable(ObjectRef source) throws IOException {
    if (here) {
      requireCopyable(source.bucket(), objects.head(source, ReadOptions.ALL));
    }
  }

  /** Until when a version of an archive can be read; empty for others. */
  public Optional<Instant> restoredUntil(BucketName bucket, ObjectInfo info) throws IOException {
    if (!isArchive(info)) {
      return Optional.empty();
    }
    ObjectRef version = new ObjectRef(bucket, info.key(), info.version().id());
    return objects
        .document(version, DOCUMENT)
        .map(Archives::instant)
        .filter(until -> until.isAfter(clock.instant()));
  }

  private static Instant instant(byte[] document) {
    return Instant.parse(new String(document, StandardCharsets.UTF_8));
  }

  /** Adds until when a version is restored. */
  void describe(S3Response response, BucketName bucket, ObjectInfo info) throws IOException {
    restoredUntil(bucket, info)
        .ifPresent(
            until ->
                response.header(
                    "x-amz-restore",
                    "ongoing-request=\"false\", expiry-date=\"" + HttpDate.format(until) + "\""));
  }

  /**
   * Restores a version for some days from now.
   *
   * @param lasting at least 1
   * @throws io.sluice.error.S3Exception InvalidObjectState for one that is no archive's; the
   *     reading errors
   */
  public Restoration restore(ObjectRef version, int lasting) throws IOException {
    Instant now = clock.instant();
    Instant until = days.after(now, lasting);
    VersionGuard archived =
        (info, documents) -> {
          String storageClass = info.metadata().storageClass();
          if (!StorageClasses.isArchive(storageClass)) {
            throw S3ErrorCode.INVALID_OBJECT_STATE
                .exception("Restore is not allowed for the object's current storage class")
                .with("StorageClass", storageClass);
          }
        };
    boolean before =
        objects
            .document(version, DOCUMENT)
            .map(Archives::instant)
            .filter(now::isBefore)
            .isPresent();
    objects.putDocument(
        version, DOCUMENT, until.toString().getBytes(StandardCharsets.UTF_8), archived);
    return before ? Restoration.PROLONGED : Restoration.BEGUN;
  }
}
