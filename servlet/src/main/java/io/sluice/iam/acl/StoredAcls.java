package io.sluice.iam.acl;

import io.sluice.model.BucketInfo;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.storage.BucketStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard.DocumentReader;
import java.io.IOException;

/** The ACLs that a store holds. Thread-safe. */
public final class StoredAcls {
  /** The name of a bucket's setting and of a version's document. Without it, the owner has all. */
  public static final String NAME = "acl";

  private final BucketStore buckets;
  private final ObjectStore objects;

  /** The ACLs of a store. */
  public StoredAcls(BucketStore buckets, ObjectStore objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  /**
   * A version and its ACL. Immutable.
   *
   * @param version the version
   * @param acl its ACL, whose owner is the one of now
   */
  public record OfVersion(ObjectInfo version, AccessControlList acl) {}

  /** The ACL of a bucket by its settings. */
  public static AccessControlList ofBucket(BucketInfo bucket, DocumentReader settings)
      throws IOException {
    return settings
        .read(NAME)
        .map(stored -> AccessControlList.stored(bucket.ownerId(), stored))
        .orElseGet(() -> AccessControlList.ofOwner(bucket.ownerId()));
  }

  /** The ACL of a bucket; its owner's full control where ACLs are disabled. */
  public AccessControlList of(BucketOwnership bucket) throws IOException {
    BucketInfo info = bucket.bucket();
    return bucket.disablesAcls()
        ? AccessControlList.ofOwner(info.ownerId())
        : ofBucket(info, name -> buckets.setting(info.name(), name));
  }

  /**
   * The ACL of a version; its owner's full control where ACLs are disabled.
   *
   * @throws io.sluice.error.S3Exception the reading errors
   */
  public OfVersion of(BucketOwnership bucket, ObjectRef object) throws IOException {
    ObjectInfo info = objects.head(object, ReadOptions.ALL);
    String ownerId = bucket.ownerOf(info.ownerId());
    if (bucket.disablesAcls()) {
      return new OfVersion(info, AccessControlList.ofOwner(ownerId));
    }
    return new OfVersion(
        info,
        objects
            .document(object.atVersion(info.version().id()), NAME)
            .map(stored -> AccessControlList.stored(ownerId, stored))
            .orElseGet(() -> AccessControlList.ofOwner(ownerId)));
  }
}
