package io.sluice.storage;

import org.jspecify.annotations.Nullable;

/**
 * A page of uploads. Immutable.
 *
 * @param prefix keys begin with it; empty for all
 * @param delimiter any string; null for none
 * @param keyMarker begin above this key; with an upload id marker, at this key
 * @param uploadIdMarker begin after this upload of the key marker
 * @param limit uploads and common prefixes together, 1 to 1,000
 */
public record UploadQuery(
    String prefix,
    @Nullable String delimiter,
    @Nullable String keyMarker,
    @Nullable String uploadIdMarker,
    int limit) {
  /** Normalises an empty delimiter and empty markers. */
  public UploadQuery {
    delimiter = delimiter == null || delimiter.isEmpty() ? null : delimiter;
    keyMarker = keyMarker == null || keyMarker.isEmpty() ? null : keyMarker;
    uploadIdMarker = uploadIdMarker == null || uploadIdMarker.isEmpty() ? null : uploadIdMarker;
  }
}
