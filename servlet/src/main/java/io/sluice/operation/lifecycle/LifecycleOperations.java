package io.sluice.operation.lifecycle;

import io.sluice.lifecycle.Lifecycles;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on lifecycle rules and archives. */
public final class LifecycleOperations {
  private LifecycleOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param lifecycles what restores from archives
   */
  public static List<OperationHandler> of(Storage storage, Lifecycles lifecycles) {
    return List.of(
        new GetBucketLifecycleConfiguration(storage.buckets()),
        new PutBucketLifecycleConfiguration(storage),
        new DeleteBucketLifecycle(storage),
        new RestoreObject(lifecycles.archives()));
  }
}
