package io.sluice.storage.local;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.local.blob.BlobDirectory;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.blob.BlobReader;
import io.sluice.storage.local.index.Extent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stored bytes on their way out. Confined to one request. */
final class LocalContent implements ObjectContent {
  /** Measured on Tomcat: below, sendfile costs more than it saves. */
  private static final long MIN_SENDFILE_BYTES = 48 * 1024;

  private final ObjectInfo info;
  private final ByteRange.Resolved range;
  private final VersionReader.Opened opened;
  private final Files files;

  /**
   * How blob files are read.
   *
   * @param reader reads them through memory
   * @param blobs finds them
   * @param pins keeps them
   * @param handedOver whether whole regions may be left to the container, unverified
   */
  record Files(BlobReader reader, BlobDirectory blobs, BlobPins pins, boolean handedOver) {
    /** Sends a region of an open version through memory. */
    void send(OpenVersion version, Extent extent, ContentSink sink) throws IOException {
      if (extent.isInline()) {
        byte[] bytes = version.plainInline(extent);
        sink.write(bytes, (int) extent.offset(), (int) extent.length());
        return;
      }
      DataKey key = version.key(extent);
      if (key == null) {
        reader.send(extent, sink);
      } else {
        reader.send(extent, key, sink);
      }
    }
  }

  LocalContent(
      ObjectInfo info, ByteRange.Resolved range, VersionReader.Opened opened, Files files) {
    this.info = info;
    this.range = range;
    this.opened = opened;
    this.files = files;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public ByteRange.Resolved range() {
    return range;
  }

  @Override
  public void transferTo(ContentSink sink) throws IOException {
    List<Extent> extents = opened.extents();
    if (extents.size() == 1 && handedOver(extents.get(0), sink)) {
      return;
    }
    for (Extent extent : extents) {
      files.send(opened.version(), extent, sink);
    }
  }

  private boolean handedOver(Extent extent, ContentSink sink) throws IOException {
    if (!files.handedOver()
        || extent.isInline()
        || extent.envelope() != null
        || extent.length() < MIN_SENDFILE_BYTES
        || !files.pins().pin(extent.id())) {
      return false;
    }
    AtomicBoolean sent = new AtomicBoolean();
    Runnable unpin =
        () -> {
          if (sent.compareAndSet(false, true)) {
            files.pins().unpin(extent.id());
          }
        };
    boolean taken = false;
    try {
      taken =
          sink.sendFile(files.blobs().path(extent.id()), extent.offset(), extent.length(), unpin);
      return taken;
    } finally {
      if (!taken) {
        unpin.run();
      }
    }
  }

  @Override
  public void close() {
    opened.version().close();
  }
}
