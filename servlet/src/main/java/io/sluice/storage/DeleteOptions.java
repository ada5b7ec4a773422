package io.sluice.storage;

import io.sluice.model.Preconditions;

/**
 * How an object is deleted. Immutable.
 *
 * @param conditions conditions on what the key, or the named version, holds now
 * @param ownerId canonical id of the account that will own a delete marker
 * @param guard asked before a version is removed for good
 */
public record DeleteOptions(Preconditions conditions, String ownerId, VersionGuard guard) {}
