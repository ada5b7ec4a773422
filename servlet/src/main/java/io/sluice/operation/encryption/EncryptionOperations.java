package io.sluice.operation.encryption;

import io.sluice.encryption.ServerSideEncryption;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations on the encryption of buckets and objects. */
public final class EncryptionOperations {
  private EncryptionOperations() {}

  /** The handlers over a back end. */
  public static List<OperationHandler> of(
      Storage storage, ServerSideEncryption encryption, Clock clock) {
    BucketStore buckets = storage.buckets();
    return List.of(
        new UpdateObjectEncryption(storage.objects(), encryption, new ObjectLocks(buckets, clock)),
        new PutBucketEncryption(buckets),
        new GetBucketEncryption(buckets),
        new DeleteBucketEncryption(buckets));
  }
}
