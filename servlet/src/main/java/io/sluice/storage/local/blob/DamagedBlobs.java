package io.sluice.storage.local.blob;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs that are known not to be what was written, and are answered as errors. Thread-safe. */
public final class DamagedBlobs {
  private final Set<Long> ids = ConcurrentHashMap.newKeySet();

  /** Remembers one; whether it is new. */
  public boolean add(long id) {
    return ids.add(id);
  }

  /** Forgets one that was found to be good, or gone. */
  public void remove(long id) {
    ids.remove(id);
  }

  public boolean contains(long id) {
    return ids.contains(id);
  }

  /** Those of now. */
  public Set<Long> ids() {
    return Set.copyOf(ids);
  }

  public int count() {
    return ids.size();
  }
}
