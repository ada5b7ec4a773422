package io.sluice.storage.remote;

import io.sluice.model.ChecksumAlgorithm;
import io.sluice.storage.UploadRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checksum algorithms of uploads under way: a part must bring the one that its upload was
 * created with, and none where none was named. What is not remembered is asked. Thread-safe.
 */
final class UploadAlgorithms {
  private static final int MAX_REMEMBERED = 10_000;

  private final RemoteEndpoint endpoint;
  private final Map<String, Optional<ChecksumAlgorithm>> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<ChecksumAlgorithm>> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  UploadAlgorithms(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  void remember(String uploadId, @Nullable ChecksumAlgorithm algorithm) {
    synchronized (remembered) {
      remembered.put(uploadId, Optional.ofNullable(algorithm));
    }
  }

  void forget(String uploadId) {
    synchronized (remembered) {
      remembered.remove(uploadId);
    }
  }

  /**
   * The algorithm of an upload; null for none.
   *
   * @throws io.sluice.error.S3Exception NoSuchUpload
   */
  @Nullable ChecksumAlgorithm of(UploadRef upload) {
    synchronized (remembered) {
      Optional<ChecksumAlgorithm> known = remembered.get(upload.uploadId());
      if (known != null) {
        return known.orElse(null);
      }
    }
    String name =
        RemoteMultipartStore.listParts(endpoint, upload, 0, 1).checksumAlgorithmAsString();
    ChecksumAlgorithm algorithm =
        name == null
            ? null
            : ChecksumAlgorithm.of(name)
                .filter(known -> known != ChecksumAlgorithm.CRC64NVME)
                .orElse(null);
    remember(upload.uploadId(), algorithm);
    return algorithm;
  }
}
