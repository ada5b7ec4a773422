package io.sluice.storage.attached;

import io.sluice.storage.Storage;

/**
 * A provider of buckets. Immutable.
 *
 * @param name its name
 * @param storage its back end
 * @param patterns the buckets that it is asked for
 * @param buckets what is known of them
 */
record Provider(String name, Storage storage, BucketPatterns patterns, RememberedBuckets buckets) {}
