package io.sluice.operation.encryption;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on the encryption of buckets. */
public final class EncryptionOperations {
  private EncryptionOperations() {}

  /** The handlers over a back end. */
  public static List<OperationHandler> of(Storage storage) {
    BucketStore buckets = storage.buckets();
    return List.of(
        new PutBucketEncryption(buckets),
        new GetBucketEncryption(buckets),
        new DeleteBucketEncryption(buckets));
  }
}
