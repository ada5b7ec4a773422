package io.sluice.storage.local.index;

import io.sluice.model.BucketInfo;
import io.sluice.model.Versioning;

/**
 * A bucket as the index keeps it. Immutable.
 *
 * @param id its number, never used again
 * @param info the bucket
 */
public record BucketRecord(int id, BucketInfo info) {
  public Versioning versioning() {
    return info.versioning();
  }

  public BucketRecord withVersioning(Versioning versioning) {
    return new BucketRecord(
        id,
        new BucketInfo(
            info.name(),
            info.createdAt(),
            info.region(),
            info.ownerId(),
            versioning,
            info.provider()));
  }
}
