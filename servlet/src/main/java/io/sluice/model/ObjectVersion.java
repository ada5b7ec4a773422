package io.sluice.model;

import org.jspecify.annotations.Nullable;

/**
 * Which version of a key something is. Immutable.
 *
 * @param id the version id; {@code "null"} for the null version of a bucket that is or was
 *     versioned; null in a bucket that never was
 * @param latest whether it is the current version
 * @param deleteMarker whether it is a delete marker
 */
public record ObjectVersion(@Nullable String id, boolean latest, boolean deleteMarker) {
  /** The only version of a key in a bucket that never was versioned. */
  public static final ObjectVersion UNVERSIONED = new ObjectVersion(null, true, false);

  /** The id as listings of versions print it. */
  public String idOrNull() {
    return id == null ? ObjectRef.NULL_VERSION : id;
  }
}
