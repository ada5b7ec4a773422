package io.sluice.storage;

import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import java.util.Map;

/**
 * What an object is written with. Immutable.
 *
 * @param metadata what the client set
 * @param documents documents of the new version, such as {@code tagging}, written in the same
 *     commit
 * @param conditions conditions on what the key holds now
 * @param ownerId canonical id of the owning account
 */
public record WriteOptions(
    ObjectMetadata metadata,
    Map<String, byte[]> documents,
    Preconditions conditions,
    String ownerId) {
  /** Copies the map. */
  public WriteOptions {
    documents = Map.copyOf(documents);
  }
}
