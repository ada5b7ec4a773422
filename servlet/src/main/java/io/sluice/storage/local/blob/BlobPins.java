package io.sluice.storage.local.blob;

import java.util.HashMap;
import java.util.Map;

/**
 * Which blobs are in use by readers, and which are on their way out. A pin taken keeps the file; a
 * blob marked as dying takes no more pins. Thread-safe.
 */
public final class BlobPins {
  private static final int DYING = -1;

  private final Map<Long, Integer> pins = new HashMap<>();
  private int holds;

  /** Takes a pin; false when the blob is being deleted. */
  public synchronized boolean pin(long id) {
    int count = pins.getOrDefault(id, 0);
    if (count == DYING) {
      return false;
    }
    pins.put(id, count + 1);
    return true;
  }

  /** Gives a pin back. */
  public synchronized void unpin(long id) {
    int count = pins.getOrDefault(id, 0);
    if (count <= 1) {
      pins.remove(id);
    } else {
      pins.put(id, count - 1);
    }
  }

  /** Keeps all blobs, until {@link #letAllGo()}; what is dying already still goes. */
  public synchronized void keepAll() {
    holds++;
  }

  /** Ends one {@link #keepAll()}. */
  public synchronized void letAllGo() {
    holds--;
  }

  /** Marks a blob as dying; false while somebody uses it. */
  public synchronized boolean condemn(long id) {
    return holds == 0 && pins.putIfAbsent(id, DYING) == null;
  }

  /** Ends the dying of a blob, deleted or spared. */
  public synchronized void acquit(long id) {
    pins.remove(id, DYING);
  }
}
