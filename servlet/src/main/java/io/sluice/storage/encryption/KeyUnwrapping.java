package io.sluice.storage.encryption;

import io.sluice.model.encryption.Encryption;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a store decrypts with, given along with each read. Thread-safe or confined to one request,
 * as its maker says.
 */
public interface KeyUnwrapping {
  /** For reads of information alone: admits everything and decrypts nothing. */
  KeyUnwrapping NONE =
      new KeyUnwrapping() {
        @Override
        public void admit(@Nullable Encryption encryption) {}

        @Override
        public DataKey unwrap(Encryption encryption, Envelope envelope) {
          throw new IllegalStateException("An encrypted object is read without a key");
        }
      };

  /**
   * Lets a reader pass, or not, before anything of an object is told.
   *
   * @param encryption the object's, or null
   * @throws io.sluice.error.S3Exception InvalidRequest when the customer's key is missing, or given
   *     for an object without; AccessDenied when it is another
   */
  void admit(@Nullable Encryption encryption);

  /**
   * Unwraps a data key.
   *
   * @throws io.sluice.error.S3Exception when the key service refuses
   * @throws IOException when the envelope cannot be opened
   */
  DataKey unwrap(Encryption encryption, Envelope envelope) throws IOException;
}
