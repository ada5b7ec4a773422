package io.sluice.storage.local;

import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.VersionRecord;
import java.io.Closeable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version whose bytes stay until it is closed: inline values at hand, blob files pinned. Confined
 * to one request.
 */
final class OpenVersion implements Closeable {
  private final ObjectIndex.Located located;
  private final List<PartRecord> parts;
  private final BlobPins pins;
  private final Map<Long, byte[]> inline = new HashMap<>();
  private final Set<Long> pinned = new HashSet<>();

  OpenVersion(ObjectIndex.Located located, List<PartRecord> parts, BlobPins pins) {
    this.located = located;
    this.parts = parts;
    this.pins = pins;
  }

  ObjectIndex.Located located() {
    return located;
  }

  VersionRecord version() {
    return located.version();
  }

  /** The parts of a multipart object; empty for others. */
  List<PartRecord> parts() {
    return parts;
  }

  void keep(long inlineId, byte[] bytes) {
    inline.put(inlineId, bytes);
  }

  boolean pin(long blobId) {
    if (pinned.contains(blobId)) {
      return true;
    }
    return pins.pin(blobId) && pinned.add(blobId);
  }

  boolean holdsBlobs() {
    return !pinned.isEmpty();
  }

  /** The bytes of an inline value that was selected. */
  byte[] inline(long inlineId) {
    byte @Nullable [] bytes = inline.get(inlineId);
    if (bytes == null) {
      throw new IllegalStateException("An inline value was not selected");
    }
    return bytes;
  }

  /** Lets the files go. */
  @Override
  public void close() {
    pinned.forEach(pins::unpin);
    pinned.clear();
  }
}
