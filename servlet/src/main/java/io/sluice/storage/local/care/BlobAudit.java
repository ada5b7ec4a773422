package io.sluice.storage.local.care;

import io.sluice.storage.local.blob.BlobDirectory;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.index.BlobRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.maintenance.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads whole blobs and compares every block. Confined to one thread, which has the one buffer. */
final class BlobAudit {
  private final Rows index;
  private final BlobDirectory blobs;
  private final BlobPins pins;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BlobRecord.BLOCK_BYTES);
  private long bytes;

  BlobAudit(Rows index, BlobDirectory blobs, BlobPins pins) {
    this.index = index;
    this.blobs = blobs;
    this.pins = pins;
  }

  /** What is wrong with a blob. */
  record Fault(Finding.Kind kind, String detail) {}

  /** Bytes read so far. */
  long bytes() {
    return bytes;
  }

  /** What is wrong with a blob; null when nothing is, or when it is on its way out. */
  @Nullable Fault examine(long id, Pace pace) throws IOException, InterruptedException {
    if (!pins.pin(id)) {
      return null;
    }
    try {
      byte @Nullable [] row = index.get(Column.BLOBS, IndexKeys.id(id));
      if (row == null || !isReferenced(id)) {
        return null;
      }
      return compare(id, IndexCodec.blob(row), pace);
    } finally {
      pins.unpin(id);
    }
  }

  private boolean isReferenced(long id) throws IOException {
    return isReferenced(index, id);
  }

  /** Whether an edge leads to a blob. */
  static boolean isReferenced(Rows index, long id) throws IOException {
    try (IndexScan scan =
        index.scan(Column.REFERENCES, IndexKeys.reference(id, 0), IndexKeys.reference(id + 1, 0))) {
      return scan.valid();
    }
  }

  private @Nullable Fault compare(long id, BlobRecord record, Pace pace)
      throws InterruptedException {
    try (FileChannel channel = FileChannel.open(blobs.path(id), StandardOpenOption.READ)) {
      if (channel.size() < record.sizeBytes()) {
        return fault(id, "it has " + channel.size() + " bytes instead of " + record.sizeBytes());
      }
      int block = 0;
      for (long at = 0; at < record.sizeBytes(); at += BlobRecord.BLOCK_BYTES) {
        int length = (int) Math.min(BlobRecord.BLOCK_BYTES, record.sizeBytes() - at);
        if (!read(channel, at, length) || !matches(record, block)) {
          return fault(id, "block " + block + " is not what was written");
        }
        bytes += length;
        block++;
        pace.spend(length);
      }
      return null;
    } catch (NoSuchFileException e) {
      return new Fault(Finding.Kind.MISSING, name(id) + " is missing");
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw interrupted(e);
    } catch (IOException e) {
      return fault(id, "it cannot be read: " + e.getMessage());
    }
  }

  private static InterruptedException interrupted(ClosedByInterruptException e) {
    InterruptedException interrupted = new InterruptedException("Told to stop");
    interrupted.initCause(e);
    return interrupted;
  }

  private boolean read(FileChannel channel, long at, int length) throws IOException {
    buffer.clear().limit(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }

  private boolean matches(BlobRecord record, int block) {
    CRC32C crc = new CRC32C();
    crc.update(buffer);
    return block < record.blockCrcs().length && record.blockCrcs()[block] == (int) crc.getValue();
  }

  private Fault fault(long id, String detail) {
    return new Fault(Finding.Kind.DAMAGED, name(id) + ": " + detail);
  }

  /** The file as the data directory has it. */
  String name(long id) {
    java.nio.file.Path path = blobs.path(id);
    return "blobs/" + path.getName(path.getNameCount() - 2) + "/" + path.getFileName();
  }
}
