package io.sluice.storage;

import io.sluice.error.S3Exception;
import io.sluice.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What a deletion did. Immutable.
 *
 * @param key the key
 * @param versionId the version that was deleted for good, or the one asked for; null when none was
 *     named
 * @param deleteMarkerVersionId version id of the delete marker made or deleted; null otherwise
 * @param error why nothing was deleted; null on success, and always null from a single delete
 */
public record DeleteResult(
    ObjectKey key,
    @Nullable String versionId,
    @Nullable String deleteMarkerVersionId,
    @Nullable S3Exception error) {
  /** Whether a delete marker was made or deleted. */
  public boolean deleteMarker() {
    return deleteMarkerVersionId != null;
  }
}
