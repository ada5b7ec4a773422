package io.sluice.storage.local;

import io.sluice.model.encryption.Encryption;
import io.sluice.storage.encryption.BlockCipher;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.VersionRecord;
import java.io.Closeable;
import java.io.IOException;
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
  private KeyUnwrapping keys = KeyUnwrapping.NONE;
  private @Nullable Envelope opened;
  private @Nullable DataKey key;

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

  /**
   * Says what the bytes are decrypted with, and tries it on the first of the selected ones: a key
   * that cannot be had is told before anything is sent.
   */
  void unlock(KeyUnwrapping with, List<Extent> extents) throws IOException {
    keys = with;
    if (!extents.isEmpty()) {
      key(extents.get(0));
    }
  }

  /** The key of an extent, null when it is not encrypted; the last one is kept. */
  @Nullable DataKey key(Extent extent) throws IOException {
    Envelope envelope = extent.envelope();
    Encryption encryption = version().encryption();
    if (envelope == null) {
      return null;
    }
    if (encryption == null) {
      throw new IOException("Stored bytes are encrypted, and the index does not say how");
    }
    DataKey known = key;
    if (known == null || !envelope.equals(opened)) {
      known = keys.unwrap(encryption, envelope);
      opened = envelope;
      key = known;
    }
    return known;
  }

  /** The bytes of an inline value as they were sent; the extent is a region of them. */
  byte[] plainInline(Extent extent) throws IOException {
    byte[] stored = inline(extent.id());
    DataKey with = key(extent);
    if (with == null) {
      return stored;
    }
    if (stored.length < BlockCipher.TAG_BYTES) {
      throw new IOException("Stored bytes are damaged");
    }
    byte[] plain = new byte[stored.length - BlockCipher.TAG_BYTES];
    new BlockCipher(with).open(0, stored, stored.length, plain);
    return plain;
  }

  /** Lets the files go. */
  @Override
  public void close() {
    pinned.forEach(pins::unpin);
    pinned.clear();
  }
}
