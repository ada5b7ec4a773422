package io.sluice.storage;

import io.sluice.model.ObjectInfo;
import java.io.IOException;
import java.util.Optional;

/**
 * Has a say before a version is removed for good or one of its documents changes. It is asked at
 * commit, under the key's lock, so that nothing it saw can change before the commit; what the
 * documents mean is its business alone. Stateless or immutable.
 */
@FunctionalInterface
public interface VersionGuard {
  /** Lets everything pass. */
  VersionGuard NONE = (version, documents) -> {};

  /**
   * Checks one version, never a delete marker.
   *
   * @param documents the version's documents
   * @throws io.sluice.error.S3Exception when it must stay as it is
   */
  void check(ObjectInfo version, DocumentReader documents) throws IOException;

  /** Reads documents of one version or bucket as they are while its lock is held. */
  @FunctionalInterface
  interface DocumentReader {
    /** The document of a name; empty when there is none. */
    Optional<byte[]> read(String name) throws IOException;
  }
}
