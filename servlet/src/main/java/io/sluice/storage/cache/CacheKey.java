package io.sluice.storage.cache;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.BucketName;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The current version of a key, as the cache names it. Immutable. */
record CacheKey(BucketName bucket, ObjectKey key) {
  static CacheKey of(ObjectRef ref) {
    return new CacheKey(ref.bucket(), ref.key());
  }

  /** Its key in the cache's space, where every bucket's objects lie together. */
  ObjectKey inSpace() {
    byte[] name = (bucket.value() + '\n' + key.value()).getBytes(StandardCharsets.UTF_8);
    return new ObjectKey(
        HexFormat.of().formatHex(ChecksumDigest.digest(ChecksumAlgorithm.SHA256, name)));
  }
}
