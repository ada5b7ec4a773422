package io.sluice.encryption;

import io.sluice.model.encryption.Encryption;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a client, which comes with each request and is kept nowhere. What is kept is a salted
 * HMAC, which knows the key again and tells nothing of it. Immutable; tells itself to nobody.
 */
public final class CustomerKey {
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NOTHING = new byte[0];

  private final byte[] secret;
  private final String md5;

  /**
   * A key; copies it.
   *
   * @param secret 32 bytes
   * @param md5 their MD5 in Base64, as the client sent it
   */
  public CustomerKey(byte[] secret, String md5) {
    this.secret = secret.clone();
    this.md5 = md5;
  }

  /** The MD5 in Base64, which answers repeat. */
  public String md5() {
    return md5;
  }

  /** How something that is now encrypted with this key is described. */
  public Encryption encryption() {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] digest = digest(salt);
    byte[] known = Arrays.copyOf(salt, SALT_BYTES + digest.length);
    System.arraycopy(digest, 0, known, SALT_BYTES, digest.length);
    return new Encryption(
        Encryption.Kind.SSE_C, Base64.getEncoder().encodeToString(known), "", false);
  }

  /** Whether something is encrypted with this key; takes as long for any other. */
  public boolean fits(Encryption encryption) {
    byte[] known = Base64.getDecoder().decode(encryption.key());
    byte[] salt = Arrays.copyOf(known, SALT_BYTES);
    return encryption.ofCustomer()
        && MessageDigest.isEqual(
            digest(salt),
            Arrays.copyOfRange(known, SALT_BYTES, Math.max(SALT_BYTES, known.length)));
  }

  /** Wraps a data key. */
  public Envelope wrap(DataKey key) {
    return new Envelope(KeyWrap.wrap(derived(), key, NOTHING));
  }

  /** Unwraps; empty when it was wrapped with another key. */
  public Optional<DataKey> unwrap(Envelope envelope) {
    return KeyWrap.unwrap(derived(), envelope.toBytes(), NOTHING);
  }

  /** What wraps is not what is compared: one secret, two keys. */
  private SecretKey derived() {
    return new SecretKeySpec(hmac(secret, utf8("sluice sse-c wrap")), "AES");
  }

  private byte[] digest(byte[] salt) {
    return hmac(hmac(secret, utf8("sluice sse-c verify")), salt);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "CustomerKey[masked]";
  }
}
