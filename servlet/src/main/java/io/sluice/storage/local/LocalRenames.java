package io.sluice.storage.local;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.Versioning;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renames by reference, both keys in one commit. A request with a client token is remembered, so
 * that a client which lost the answer can ask again. Thread-safe.
 */
final class LocalRenames {
  private static final int DIGEST_BYTES = 32;

  private final LocalEngine engine;
  private final LocalCopies copies;

  LocalRenames(LocalEngine engine) {
    this.engine = engine;
    this.copies = new LocalCopies(engine);
  }

  /** {@link io.sluice.storage.ObjectStore#rename}. */
  void rename(ObjectRef source, ObjectKey target, RenameOptions options) throws IOException {
    if (source.key().equals(target)) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "This rename request is illegal because it is trying to rename an object to itself.");
    }
    Place early = engine.buckets().place(source.bucket(), target);
    engine.admission().space().require();
    List<byte[]> keys = List.of(IndexKeys.utf8(source.key().value()), early.utf8());
    try (KeyLocks.Held held =
        engine.locks().keys(source.bucket().value(), early.bucketId(), keys)) {
      Place from = engine.buckets().place(source.bucket(), source.key());
      Place to = engine.buckets().place(source.bucket(), target);
      byte @Nullable [] row = options.clientToken() == null ? null : row(to, options.clientToken());
      byte[] request = digest(source.key().value() + "\0" + target.value());
      if (row != null && isRepeated(row, request)) {
        return;
      }
      IndexBatch batch = engine.batch(held);
      VersionReader.Opened opened =
          engine
              .reader()
              .open(
                  from,
                  null,
                  (located, parts) -> {
                    LocalCopies.check(options.sourceConditions(), located.info(from));
                    return VersionReader.extents(located.version(), parts);
                  });
      try (OpenVersion open = opened.version()) {
        options.targetConditions().checkWrite(engine.index().currentInfo(to));
        move(batch, to, open);
        if (from.versioning() == Versioning.UNVERSIONED) {
          engine.index().removeUnversioned(batch, from);
        } else {
          engine.index().putMarker(batch, from, engine.marker(from, options.ownerId()));
        }
        if (row != null) {
          batch.put(Column.JOBS, row, remembered(request));
        }
        engine.commit(batch, null);
      }
    }
  }

  private void move(IndexBatch batch, Place to, OpenVersion open) throws IOException {
    VersionRecord old = open.version();
    Map<String, byte[]> documents = engine.documents(old);
    long sequence = engine.sequences().next();
    VersionRecord moved =
        new VersionRecord(
            sequence,
            ObjectIndex.flagsOfNew(to, false, !documents.isEmpty()),
            old.sizeBytes(),
            old.etag(),
            old.modifiedAt(),
            old.metadata(),
            old.checksums(),
            old.partCount(),
            old.ownerId(),
            engine.share(batch, open, old.extents(), sequence),
            old.encryption());
    engine.index().put(batch, to, moved);
    copies.shareParts(batch, open, sequence);
    LocalEngine.putDocuments(batch, sequence, documents);
  }

  private static byte[] row(Place place, String clientToken) {
    return IndexKeys.renamed(place.bucketId(), digest(clientToken));
  }

  private boolean isRepeated(byte[] row, byte[] request) throws IOException {
    byte @Nullable [] known = engine.database().get(Column.JOBS, row);
    if (known == null) {
      return false;
    }
    if (!MessageDigest.isEqual(Arrays.copyOf(known, DIGEST_BYTES), request)) {
      throw S3ErrorCode.IDEMPOTENCY_PARAMETER_MISMATCH.exception();
    }
    return true;
  }

  private static byte[] remembered(byte[] request) {
    return ByteBuffer.allocate(DIGEST_BYTES + Long.BYTES)
        .put(request)
        .putLong(LocalEngine.now().toEpochMilli())
        .array();
  }

  /** When a remembered rename was done. */
  static Instant renamedAt(byte[] remembered) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(remembered).getLong(DIGEST_BYTES));
  }

  private static byte[] digest(String text) {
    return ChecksumDigest.messageDigest("SHA-256").digest(IndexKeys.utf8(text));
  }
}
