package io.sluice.operation.bucket;

import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Archives;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations on buckets. */
public final class BucketOperations {
  private BucketOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param acls ownership and ACLs of new buckets, and the names of owners
   * @param lifecycles what is restored from archives
   * @param clock for times of creation
   * @param newBuckets what a new bucket is like
   */
  public static List<OperationHandler> of(
      Storage storage, Acls acls, Lifecycles lifecycles, Clock clock, NewBuckets newBuckets) {
    Archives archives = lifecycles.archives();
    return List.of(
        new CreateBucket(storage.buckets(), acls, newBuckets, clock),
        new HeadBucket(storage.buckets()),
        new DeleteBucket(storage.buckets()),
        new GetBucketLocation(storage.buckets()),
        new GetBucketVersioning(storage.buckets()),
        new PutBucketVersioning(storage.buckets()),
        new GetObjectLockConfiguration(storage.buckets()),
        new PutObjectLockConfiguration(storage.buckets()),
        new ListObjects(storage.objects(), acls, archives),
        new ListObjectsV2(storage.objects(), acls, archives),
        new ListObjectVersions(storage.objects(), acls, archives));
  }
}
