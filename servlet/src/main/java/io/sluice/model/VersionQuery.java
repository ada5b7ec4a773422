package io.sluice.model;

import org.jspecify.annotations.Nullable;

/**
 * A page of a listing of all versions and delete markers. Immutable.
 *
 * @param prefix keys begin with it; empty for all
 * @param delimiter any string; null or empty for none
 * @param keyMarker begin above this key; with a version id marker, at this key
 * @param versionIdMarker begin after this version of the key marker
 * @param limit versions and common prefixes together, 1 to 1,000
 */
public record VersionQuery(
    String prefix,
    @Nullable String delimiter,
    @Nullable String keyMarker,
    @Nullable String versionIdMarker,
    int limit) {
  /** Normalises an empty delimiter. */
  public VersionQuery {
    delimiter = delimiter == null || delimiter.isEmpty() ? null : delimiter;
    keyMarker = keyMarker == null || keyMarker.isEmpty() ? null : keyMarker;
  }
}
