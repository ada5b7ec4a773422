package io.sluice.storage;

import io.sluice.model.Checksum;
import io.sluice.model.ETag;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/**
 * A body on its way into a store: a stream that checks itself, in one pass, while it is read.
 * Confined to one request. Whoever reads it to its end (until {@code read} returned -1 without an
 * exception) may commit; a digest, signature or length that does not hold makes the last read
 * throw.
 */
public interface Payload {
  /** The decoded, verified bytes; the same stream at every call. The container closes it. */
  InputStream stream();

  /** The decoded length in bytes where it is known beforehand; then exactly so many come. */
  OptionalLong lengthBytes();

  /**
   * The entity tag of the body: the hex of its MD5 unless the bucket says otherwise.
   *
   * @throws IllegalStateException before the clean end
   */
  ETag etag();

  /**
   * The checksums to keep: those that the client declared, else the default one.
   *
   * @throws IllegalStateException before the clean end
   */
  List<Checksum> checksums();
}
