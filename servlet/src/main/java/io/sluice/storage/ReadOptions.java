package io.sluice.storage;

import io.sluice.model.ByteRange;
import io.sluice.model.Preconditions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.option.Freshness;
import org.jspecify.annotations.Nullable;

/**
 * What of an object is read, and whether. Immutable.
 *
 * @param range the bytes, or null for all; never together with a part number
 * @param partNumber 1 to 10,000: the bytes of that part of a multipart object (of a simple object,
 *     1 is all of it); or null
 * @param conditions the conditions
 * @param keys what an encrypted object is decrypted with
 * @param freshness what is made sure of when a copy is read; null for what the back end does
 */
public record ReadOptions(
    @Nullable ByteRange range,
    @Nullable Integer partNumber,
    Preconditions conditions,
    KeyUnwrapping keys,
    @Nullable Freshness freshness) {
  /** All of it, unconditionally. */
  public static final ReadOptions ALL = new ReadOptions(null, null, Preconditions.NONE);

  /** A read that says nothing of copies. */
  public ReadOptions(
      @Nullable ByteRange range,
      @Nullable Integer partNumber,
      Preconditions conditions,
      KeyUnwrapping keys) {
    this(range, partNumber, conditions, keys, null);
  }

  /** A read that decrypts nothing. */
  public ReadOptions(
      @Nullable ByteRange range, @Nullable Integer partNumber, Preconditions conditions) {
    this(range, partNumber, conditions, KeyUnwrapping.NONE);
  }

  /** The same with what an encrypted object is decrypted with. */
  public ReadOptions with(KeyUnwrapping other) {
    return new ReadOptions(range, partNumber, conditions, other, freshness);
  }

  /** The same with what is made sure of when a copy is read. */
  public ReadOptions with(@Nullable Freshness other) {
    return new ReadOptions(range, partNumber, conditions, keys, other);
  }
}
