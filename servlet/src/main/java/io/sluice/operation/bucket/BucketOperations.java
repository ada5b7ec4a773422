package io.sluice.operation.bucket;

import io.sluice.iam.acl.Acls;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The operations on buckets. */
public final class BucketOperations {
  private BucketOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param acls ownership and ACLs of new buckets, and the names of owners
   * @param defaultRegion where a bucket lives that names no region
   * @param clock for times of creation
   * @param ofNewBuckets settings documents that a new bucket gets by their names
   */
  public static List<OperationHandler> of(
      Storage storage,
      Acls acls,
      String defaultRegion,
      Clock clock,
      Map<String, byte[]> ofNewBuckets) {
    return List.of(
        new CreateBucket(storage.buckets(), acls, defaultRegion, clock, ofNewBuckets),
        new HeadBucket(storage.buckets()),
        new DeleteBucket(storage.buckets()),
        new GetBucketLocation(storage.buckets()),
        new GetBucketVersioning(storage.buckets()),
        new PutBucketVersioning(storage.buckets()),
        new GetObjectLockConfiguration(storage.buckets()),
        new PutObjectLockConfiguration(storage.buckets()),
        new ListObjects(storage.objects(), acls),
        new ListObjectsV2(storage.objects(), acls),
        new ListObjectVersions(storage.objects(), acls));
  }
}
