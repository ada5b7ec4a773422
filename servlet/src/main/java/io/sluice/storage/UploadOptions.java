package io.sluice.storage;

import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import org.jspecify.annotations.Nullable;

/**
 * What an upload is created with. Immutable.
 *
 * @param object metadata, documents and owner of the object to be; its conditions are not used
 * @param checksumAlgorithm the algorithm that the client declared, or null
 * @param checksumType what the final checksum covers; null with no algorithm
 */
public record UploadOptions(
    WriteOptions object,
    @Nullable ChecksumAlgorithm checksumAlgorithm,
    @Nullable ChecksumType checksumType) {}
