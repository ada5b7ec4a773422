package io.sluice.operation.bucket;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.lifecycle.Archives;
import io.sluice.model.ObjectInfo;
import io.sluice.operation.RequestGuards;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Request;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * That a listed version of an archive is restored. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreStatus.html">API</a>.
 */
record RestoreStatus(boolean isRestoreInProgress, String restoreExpiryDate) {
  /** Tells the status of versions when a request asks for it. */
  static Lookup lookup(S3Request request, Archives archives) {
    String wanted = request.headers().get(RequestGuards.OPTIONAL_ATTRIBUTES);
    if (wanted == null) {
      return info -> null;
    }
    for (String attribute : wanted.split(",", -1)) {
      if (!attribute.strip().equals("RestoreStatus")) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("Invalid attribute name specified")
            .with("ArgumentName", RequestGuards.OPTIONAL_ATTRIBUTES)
            .with("ArgumentValue", wanted);
      }
    }
    return info -> of(request, archives, info);
  }

  private static @Nullable RestoreStatus of(S3Request request, Archives archives, ObjectInfo info)
      throws IOException {
    try {
      return archives
          .restoredUntil(request.bucket(), info)
          .map(until -> new RestoreStatus(false, HttpDate.iso(until)))
          .orElse(null);
    } catch (S3Exception e) {
      return null; // deleted since it was listed
    }
  }

  /** The status of a listed version; null for one that is not restored, or when nobody asks. */
  @FunctionalInterface
  interface Lookup {
    @Nullable RestoreStatus of(ObjectInfo info) throws IOException;
  }
}
