package io.sluice.storage.local.blob;

import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.local.index.BlobRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that arrived whole and clean, not yet committed: bytes for the index, or a durable blob
 * file. Closed without {@link #keep()}, it is deleted. Confined to one thread.
 */
public final class StoredBody implements Closeable {
  private final long sizeBytes;
  private final byte @Nullable [] inline;
  private final @Nullable BlobWriter writer;
  private final @Nullable BlobRecord blob;
  private final @Nullable Envelope envelope;
  private boolean kept;

  private StoredBody(
      long sizeBytes,
      byte @Nullable [] inline,
      @Nullable BlobWriter writer,
      @Nullable BlobRecord blob,
      @Nullable Envelope envelope) {
    this.sizeBytes = sizeBytes;
    this.inline = inline;
    this.writer = writer;
    this.blob = blob;
    this.envelope = envelope;
  }

  public static StoredBody ofBytes(byte[] bytes) {
    return new StoredBody(bytes.length, bytes, null, null, null);
  }

  /** An encrypted body for the index. */
  static StoredBody ofSealed(int sizeBytes, byte[] sealed, Envelope envelope) {
    return new StoredBody(sizeBytes, sealed, null, null, envelope);
  }

  public static StoredBody ofBlob(BlobWriter writer, @Nullable Envelope envelope)
      throws IOException {
    BlobRecord record = writer.finish();
    return new StoredBody(record.sizeBytes(), null, writer, record, envelope);
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** Adds the body to a batch under its owner's sequence. */
  public List<Extent> addTo(IndexBatch batch, long ownerSequence) throws IOException {
    if (sizeBytes == 0) {
      return List.of();
    }
    if (writer != null && blob != null) {
      List<Extent> extents = List.of(new Extent(writer.id(), 0, sizeBytes, envelope));
      batch.put(Column.BLOBS, IndexKeys.id(writer.id()), IndexCodec.encode(blob));
      batch.hold(extents, ownerSequence);
      return extents;
    }
    long id = Extent.inlineId(ownerSequence);
    if (inline != null) {
      batch.put(Column.INLINE, IndexKeys.id(id), inline);
    }
    return List.of(new Extent(id, 0, sizeBytes, envelope));
  }

  /**
   * The batch is about to be written: from here on the bytes stay. Should the write fail, it may
   * yet be in the log and come back at the next opening, which then decides what the file is.
   */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept && writer != null) {
      writer.discard();
    }
  }
}
