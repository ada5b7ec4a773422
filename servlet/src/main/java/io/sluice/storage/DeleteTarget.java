package io.sluice.storage;

import io.sluice.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/** One of several deletions. Immutable. */
public record DeleteTarget(ObjectKey key, @Nullable String versionId, DeleteOptions options) {}
