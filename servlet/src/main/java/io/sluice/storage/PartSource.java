package io.sluice.storage;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import org.jspecify.annotations.Nullable;

/**
 * Where a copied part comes from. Immutable.
 *
 * @param object the source
 * @param range the bytes, or null for all; a range that reaches past the end is InvalidRange
 * @param conditions conditions on the source, as for a read
 * @param keys what an encrypted source is decrypted with
 * @param wrapping what the part is encrypted with, or null; as its upload says
 */
public record PartSource(
    ObjectRef object,
    ByteRange.@Nullable FromTo range,
    Preconditions conditions,
    KeyUnwrapping keys,
    @Nullable KeyWrapping wrapping) {
  /** A source and a part that are not encrypted. */
  public PartSource(ObjectRef object, ByteRange.@Nullable FromTo range, Preconditions conditions) {
    this(object, range, conditions, KeyUnwrapping.NONE, null);
  }
}
