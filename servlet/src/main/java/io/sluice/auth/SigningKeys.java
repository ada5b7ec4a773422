package io.sluice.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * SigV4's derived keys, cached by credential and scope, since deriving one costs more than a
 * signature. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature
 *     calculation</a>
 */
final class SigningKeys {
  private static final int MAX_ENTRIES = 10_000;
  private static final String HMAC_SHA256 = "HmacSHA256";

  /** The secret is part of the key so that a replaced secret is never answered from the cache. */
  private record CacheKey(String secret, CredentialScope scope) {
    @Override
    public String toString() {
      return scope.toString();
    }
  }

  private final Cache<CacheKey, SigningKey> keys =
      Caffeine.newBuilder()
          .maximumSize(MAX_ENTRIES)
          .expireAfterAccess(Duration.ofHours(25))
          .build();

  /** The key that was asked for last, and what it was asked with. */
  private record Recent(CacheKey asked, SigningKey key) {}

  private volatile @Nullable Recent recent;

  /** A key that signs. Thread-safe. */
  static final class SigningKey {
    private final SecretKeySpec key;

    /** Initialised and never used: its copies begin where it stands, which saves two hashes. */
    private final Mac prototype;

    SigningKey(SecretKeySpec key) {
      this.key = key;
      this.prototype = mac(key);
    }

    /** The signature of a string to sign, in hex. */
    String sign(String stringToSign) {
      byte[] text = stringToSign.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(copy().doFinal(text));
    }

    private Mac copy() {
      try {
        return (Mac) prototype.clone();
      } catch (CloneNotSupportedException e) {
        return mac(key);
      }
    }
  }

  /** The signing key of a scope. */
  SigningKey derive(String secret, CredentialScope scope) {
    CacheKey asked = new CacheKey(secret, scope);
    Recent last = recent;
    if (last != null && last.asked().equals(asked)) {
      return last.key();
    }
    SigningKey key = keys.get(asked, SigningKeys::ladder);
    recent = new Recent(asked, key);
    return key;
  }

  private static SigningKey ladder(CacheKey key) {
    CredentialScope scope = key.scope();
    byte[] secret = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
    byte[] date = hmac(new SecretKeySpec(secret, HMAC_SHA256), scope.date());
    byte[] region = hmac(new SecretKeySpec(date, HMAC_SHA256), scope.region());
    byte[] service = hmac(new SecretKeySpec(region, HMAC_SHA256), scope.service());
    return new SigningKey(
        new SecretKeySpec(
            hmac(new SecretKeySpec(service, HMAC_SHA256), "aws4_request"), HMAC_SHA256));
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    return hmac(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The keyed digest of some bytes. */
  static byte[] hmac(SecretKeySpec key, byte[] text) {
    return mac(key).doFinal(text);
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(key.getAlgorithm() + " is missing here", e);
    }
  }
}
