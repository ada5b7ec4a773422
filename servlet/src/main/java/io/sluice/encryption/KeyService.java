package io.sluice.encryption;

import io.sluice.storage.encryption.DataKey;
import java.io.IOException;

/**
 * A key management service: it wraps and unwraps data keys with keys that it never lets out.
 * Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html">What S3 uses</a>
 */
public interface KeyService {
  /**
   * The key that a request means.
   *
   * @param keyId an id, an alias or an ARN; empty for the default key
   * @return the id that answers tell, and by which the key is asked for from now on
   * @throws io.sluice.error.S3Exception KMS.NotFoundException when there is none
   */
  String resolve(String keyId) throws IOException;

  /**
   * Wraps a data key.
   *
   * @param keyId as {@link #resolve} gave it
   * @param context the encryption context, which has to be the same at the unwrapping; may be empty
   * @throws io.sluice.error.S3Exception KMS.NotFoundException, KMS.DisabledException
   * @throws IOException when the service cannot be asked
   */
  byte[] wrap(String keyId, DataKey key, String context) throws IOException;

  /**
   * Unwraps a data key.
   *
   * @throws io.sluice.error.S3Exception KMS.NotFoundException, KMS.DisabledException
   * @throws IOException when the service cannot be asked, or does not take the bytes
   */
  DataKey unwrap(String keyId, byte[] wrapped, String context) throws IOException;
}
