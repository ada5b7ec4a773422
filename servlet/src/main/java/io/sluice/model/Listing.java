package io.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of current versions, both lists in UTF-8 order. Immutable.
 *
 * @param objects the objects
 * @param commonPrefixes the common prefixes, each ending with the delimiter
 * @param next the {@code after} of the following page, the last key or common prefix of this one;
 *     null when there is no more
 */
public record Listing(
    List<ObjectInfo> objects, List<String> commonPrefixes, @Nullable String next) {
  /** Copies the lists. */
  public Listing {
    objects = List.copyOf(objects);
    commonPrefixes = List.copyOf(commonPrefixes);
  }
}
