package io.sluice.storage.local.index;

import io.sluice.error.S3ErrorCode;
import java.io.IOException;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What failures of the disk mean for a client. Stateless, thread-safe. */
public final class RocksFaults {
  private RocksFaults() {}

  /**
   * A failure of the index.
   *
   * @throws io.sluice.error.S3Exception StorageFull when the disk is
   */
  public static IOException translate(RocksDBException fault) {
    Status status = fault.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      throw S3ErrorCode.STORAGE_FULL.exception(S3ErrorCode.STORAGE_FULL.defaultMessage(), fault);
    }
    return new IOException("The index failed: " + fault.getMessage(), fault);
  }

  /**
   * A failure of a blob file.
   *
   * @throws io.sluice.error.S3Exception StorageFull when the disk is
   */
  public static IOException translate(IOException fault) {
    String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
    // The JDK has no type for ENOSPC and EDQUOT; these are the texts of strerror.
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      throw S3ErrorCode.STORAGE_FULL.exception(S3ErrorCode.STORAGE_FULL.defaultMessage(), fault);
    }
    return fault;
  }
}
