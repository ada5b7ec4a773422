package io.sluice.storage;

import io.sluice.model.UploadInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of uploads. Immutable.
 *
 * @param uploads by key, then by time of creation
 * @param commonPrefixes the common prefixes
 * @param nextKeyMarker key of the last entry, or the last common prefix; null when there is no more
 * @param nextUploadIdMarker upload id of the last entry; null behind a common prefix
 */
public record UploadListing(
    List<UploadInfo> uploads,
    List<String> commonPrefixes,
    @Nullable String nextKeyMarker,
    @Nullable String nextUploadIdMarker) {
  /** Copies the lists. */
  public UploadListing {
    uploads = List.copyOf(uploads);
    commonPrefixes = List.copyOf(commonPrefixes);
  }
}
