package io.sluice.storage;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * Where a copied part comes from. Immutable.
 *
 * @param object the source
 * @param range the bytes, or null for all; a range that reaches past the end is InvalidRange
 * @param conditions conditions on the source, as for a read
 */
public record PartSource(
    ObjectRef object, ByteRange.@Nullable FromTo range, Preconditions conditions) {}
