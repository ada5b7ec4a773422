package io.sluice.storage.encryption;

import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key of one stored body, used for no other. Immutable; tells itself to nobody by accident. */
public final class DataKey {
  /** AES-256. */
  public static final int LENGTH_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] secret;

  /**
   * A key that was unwrapped; copies it.
   *
   * @throws IllegalArgumentException when it has another length than {@link #LENGTH_BYTES}
   */
  public DataKey(byte[] secret) {
    if (secret.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a data key has " + LENGTH_BYTES + " bytes");
    }
    this.secret = secret.clone();
  }

  /** A new key. */
  public static DataKey random() {
    byte[] secret = new byte[LENGTH_BYTES];
    RANDOM.nextBytes(secret);
    return new DataKey(secret);
  }

  /** A copy of the secret, for whoever wraps it. */
  public byte[] secret() {
    return secret.clone();
  }

  SecretKey aes() {
    return new SecretKeySpec(secret, "AES");
  }

  @Override
  public String toString() {
    return "DataKey[masked]";
  }
}
