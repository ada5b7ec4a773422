package io.sluice.storage;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;

/** Which upload is meant. Immutable. */
public record UploadRef(BucketName bucket, ObjectKey key, String uploadId) {}
