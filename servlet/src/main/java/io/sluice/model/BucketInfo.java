package io.sluice.model;

import java.time.Instant;

/**
 * A bucket as a store knows it. Immutable.
 *
 * @param name the name
 * @param createdAt time of creation, millisecond precision
 * @param region where it was asked to live, such as {@code us-east-1}
 * @param ownerId canonical id of the owning account
 * @param versioning the versioning state
 * @param provider name of the provider that holds it, such as {@code aws}; empty for the back end
 *     that the gateway is set up with
 */
public record BucketInfo(
    BucketName name,
    Instant createdAt,
    String region,
    String ownerId,
    Versioning versioning,
    String provider) {}
