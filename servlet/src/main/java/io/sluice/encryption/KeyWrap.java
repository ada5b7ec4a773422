package io.sluice.encryption;

import io.sluice.storage.encryption.DataKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Wraps a data key with another key by AES-256-GCM under a random nonce: nonce, ciphertext, tag.
 * Stateless, thread-safe.
 */
final class KeyWrap {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyWrap() {}

  /**
   * Wraps.
   *
   * @param associated what has to be the same at the unwrapping
   */
  static byte[] wrap(SecretKey with, DataKey key, byte[] associated) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] secret = key.secret();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, with, nonce, associated).doFinal(secret);
      byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, wrapped, NONCE_BYTES, sealed.length);
      return wrapped;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key cannot be wrapped", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Unwraps; empty when it was wrapped with another key, or for something else. */
  static Optional<DataKey> unwrap(SecretKey with, byte[] wrapped, byte[] associated) {
    if (wrapped.length != NONCE_BYTES + DataKey.LENGTH_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
    try {
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, with, nonce, associated)
              .doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
      return Optional.of(new DataKey(secret));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key cannot be unwrapped", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey with, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, with, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
