package io.sluice.model;

/** What a checksum covers: the whole object, or the checksums of its parts. */
public enum ChecksumType {
  FULL_OBJECT,
  COMPOSITE
}
