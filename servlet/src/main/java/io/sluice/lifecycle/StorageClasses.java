package io.sluice.lifecycle;

import java.util.List;
import java.util.Set;

/** The storage classes in the order in which versions move down. Stateless. */
final class StorageClasses {
  /** The model: TransitionStorageClass. */
  static final Set<String> TRANSITIONS =
      Set.of(
          "STANDARD_IA",
          "INTELLIGENT_TIERING",
          "ONEZONE_IA",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  /** What must be restored before it is read. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private static final List<String> DOWNWARDS =
      List.of(
          "STANDARD",
          "STANDARD_IA",
          "INTELLIGENT_TIERING",
          "ONEZONE_IA",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  private StorageClasses() {}

  static boolean isArchive(String storageClass) {
    return ARCHIVES.contains(storageClass);
  }

  /** Whether a version may move: only downwards; what is not listed stands at the top. */
  static boolean moves(String from, String to) {
    return DOWNWARDS.indexOf(to) > Math.max(DOWNWARDS.indexOf(from), 0);
  }
}
