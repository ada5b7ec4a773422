package io.sluice.storage.local.index;

import java.nio.charset.StandardCharsets;

/** The column families of the index; keys in {@link IndexKeys}, values in {@link IndexCodec}. */
public enum Column {
  /** Name to bucket record; bucket id and name to settings document. */
  BUCKETS,
  /** Bucket id, key: the current version, unless it is a delete marker. */
  CURRENT,
  /** Bucket id, key, inverted sequence: every other version, and every delete marker. */
  VERSIONS,
  /** Bucket id, key: sequence of the null version while that stands in {@link #VERSIONS}. */
  NULLS,
  /** Inline id: bytes of a small body. */
  INLINE,
  /** Blob id: size and block checksums. */
  BLOBS,
  /** Version's sequence: its parts. */
  MANIFESTS,
  /** Bucket id, key, sequence: uploads under way. */
  UPLOADS,
  /** Upload's sequence, number: parts of uploads under way. */
  PARTS,
  /** Version's sequence, name: documents. */
  DOCUMENTS,
  /** Blob id, owner's sequence: nothing. */
  REFERENCES,
  /** Usage counters. */
  USAGE,
  /** Canonical id of an account: its quota. */
  ACCOUNTS,
  /** Kind, number: work that has to survive a restart. */
  JOBS,
  /** Counters and marks of the store itself. */
  META;

  /** The name on disk. */
  public byte[] diskName() {
    return name().toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether rows come and go so fast that scans would meet many tombstones. */
  public boolean isQueueLike() {
    return switch (this) {
      case CURRENT, VERSIONS, UPLOADS, PARTS, REFERENCES, JOBS -> true;
      default -> false;
    };
  }
}
