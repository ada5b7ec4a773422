package io.sluice.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  private final Cache<CacheKey, SecretKeySpec> keys =
      Caffeine.newBuilder()
          .maximumSize(MAX_ENTRIES)
          .expireAfterAccess(Duration.ofHours(25))
          .build();

  /** The signing key of a scope. */
  SecretKeySpec derive(String secret, CredentialScope scope) {
    return keys.get(new CacheKey(secret, scope), SigningKeys::ladder);
  }

  private static SecretKeySpec ladder(CacheKey key) {
    CredentialScope scope = key.scope();
    byte[] secret = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
    byte[] date = hmac(new SecretKeySpec(secret, HMAC_SHA256), scope.date());
    byte[] region = hmac(new SecretKeySpec(date, HMAC_SHA256), scope.region());
    byte[] service = hmac(new SecretKeySpec(region, HMAC_SHA256), scope.service());
    return new SecretKeySpec(
        hmac(new SecretKeySpec(service, HMAC_SHA256), "aws4_request"), HMAC_SHA256);
  }

  /** The signature of a string to sign, in hex. */
  static String sign(SecretKeySpec key, String stringToSign) {
    return HexFormat.of().formatHex(hmac(key, stringToSign));
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    return hmac(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The keyed digest of some bytes. */
  static byte[] hmac(SecretKeySpec key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(key.getAlgorithm() + " is missing here", e);
    }
  }
}
