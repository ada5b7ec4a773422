package io.sluice.operation.object;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on objects. */
public final class ObjectOperations {
  private ObjectOperations() {}

  /** The handlers over a back end. */
  public static List<OperationHandler> of(Storage storage) {
    ObjectStore objects = storage.objects();
    return List.of(
        new PutObject(objects),
        new GetObject(objects),
        new HeadObject(objects),
        new CopyObject(objects),
        new DeleteObject(objects),
        new DeleteObjects(objects),
        new GetObjectAttributes(objects),
        new GetObjectTagging(objects),
        new PutObjectTagging(objects),
        new DeleteObjectTagging(objects));
  }
}
