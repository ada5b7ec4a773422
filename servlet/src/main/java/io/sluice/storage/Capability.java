package io.sluice.storage;

/** Something that not every back end can do; an operation that needs it answers 501 without it. */
public enum Capability {
  /** Several versions of a key, delete markers, listing of versions. */
  VERSIONING,
  /** Conditions on writes and deletes, evaluated at commit. */
  CONDITIONAL_WRITE,
  /** Copies that move no data through the gateway. */
  SERVER_SIDE_COPY,
  /** A new name for an object in one step, whatever its size. */
  RENAME,
  /** Bytes added to the end of an object. */
  APPEND,
  /** Documents beside objects: tags, ACL, retention, annotations. */
  OBJECT_DOCUMENTS,
  /**
   * Storage classes that mean what the gateway says: it changes those of versions, restores from
   * archives and carries out lifecycle rules. A back end without does all that by itself.
   */
  STORAGE_CLASSES,
  /** Settings documents of buckets. */
  BUCKET_SETTINGS,
  /** Documents of any name and content, kept byte by byte, and guards that decide at commit. */
  ANY_DOCUMENT,
  /**
   * What a write answers and a listing shows is all that is known of an object: its metadata and
   * checksums, its owner, and its date to the millisecond.
   */
  EXACT_INFORMATION,
  /** Usage in constant time, and quotas. */
  USAGE,
  /** Multipart uploads. */
  MULTIPART
}
