package io.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of versions: keys in UTF-8 order, the versions of a key from the newest to the oldest.
 * Immutable.
 *
 * @param versions versions and delete markers
 * @param commonPrefixes the common prefixes
 * @param nextKeyMarker key of the last entry, or the last common prefix; null when there is no more
 * @param nextVersionIdMarker version id of the last entry; null behind a common prefix
 */
public record VersionListing(
    List<ObjectInfo> versions,
    List<String> commonPrefixes,
    @Nullable String nextKeyMarker,
    @Nullable String nextVersionIdMarker) {
  /** Copies the lists. */
  public VersionListing {
    versions = List.copyOf(versions);
    commonPrefixes = List.copyOf(commonPrefixes);
  }
}
