package io.sluice.storage.local.index;

import java.time.Instant;

/**
 * What is remembered of a completed upload, so that a repeated completion answers the same.
 * Immutable.
 *
 * @param bucketId the bucket
 * @param key the object's key
 * @param listDigest digest of the list of parts that completed it
 * @param completedAt when
 * @param version the object that it made
 */
// Not compared, and not handed out.
@SuppressWarnings("ArrayRecordComponent")
public record CompletedRecord(
    int bucketId, String key, byte[] listDigest, Instant completedAt, VersionRecord version) {}
