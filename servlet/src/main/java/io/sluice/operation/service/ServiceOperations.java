package io.sluice.operation.service;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on the service. */
public final class ServiceOperations {
  private ServiceOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param provider name under which users know the back end, such as {@code ais}
   */
  public static List<OperationHandler> of(Storage storage, String provider) {
    return List.of(new ListBuckets(storage.buckets(), provider));
  }
}
