package io.sluice.storage.local;

import io.sluice.model.BucketInfo;
import io.sluice.model.Versioning;

/**
 * A bucket as the index keeps it. Immutable.
 *
 * @param id its number, never used again
 * @param info the bucket
 */
record BucketRecord(int id, BucketInfo info) {
  Versioning versioning() {
    return info.versioning();
  }

  BucketRecord withVersioning(Versioning versioning) {
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
