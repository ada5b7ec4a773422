package io.sluice.storage;

import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import io.sluice.storage.encryption.KeyWrapping;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an object is written with. Immutable.
 *
 * @param metadata what the client set
 * @param documents documents of the new version, such as {@code tagging}, written in the same
 *     commit
 * @param conditions conditions on what the key holds now
 * @param ownerId canonical id of the owning account
 * @param wrapping what it is encrypted with, or null
 */
public record WriteOptions(
    ObjectMetadata metadata,
    Map<String, byte[]> documents,
    Preconditions conditions,
    String ownerId,
    @Nullable KeyWrapping wrapping) {
  /** Copies the map. */
  public WriteOptions {
    documents = Map.copyOf(documents);
  }

  /** Written as it comes. */
  public WriteOptions(
      ObjectMetadata metadata,
      Map<String, byte[]> documents,
      Preconditions conditions,
      String ownerId) {
    this(metadata, documents, conditions, ownerId, null);
  }
}
