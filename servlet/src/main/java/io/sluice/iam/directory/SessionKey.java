package io.sluice.iam.directory;

import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/** The key under which tokens of sessions are made. Immutable; it never appears in text. */
final class SessionKey {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private SessionKey(byte[] bytes) {
    this.bytes = bytes;
  }

  static SessionKey random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SessionKey(bytes);
  }

  /**
   * Reads one from base64.
   *
   * @throws IllegalArgumentException when it is none
   */
  static SessionKey parse(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a session key has " + BYTES + " bytes");
    }
    return new SessionKey(bytes);
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  SecretKeySpec aes() {
    return new SecretKeySpec(bytes, "AES");
  }
}
