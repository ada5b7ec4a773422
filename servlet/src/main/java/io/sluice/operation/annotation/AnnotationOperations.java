package io.sluice.operation.annotation;

import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations on annotations of objects. */
public final class AnnotationOperations {
  private AnnotationOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param clock for times of annotations, and whether a lock is over
   */
  public static List<OperationHandler> of(Storage storage, Clock clock) {
    ObjectStore objects = storage.objects();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    return List.of(
        new PutObjectAnnotation(objects, locks),
        new GetObjectAnnotation(objects),
        new ListObjectAnnotations(objects),
        new DeleteObjectAnnotation(objects, locks));
  }
}
