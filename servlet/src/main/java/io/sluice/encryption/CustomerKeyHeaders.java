package io.sluice.encryption;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.protocol.S3Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The three headers of a key that the client provides. Stateless. */
final class CustomerKeyHeaders {
  /** Those of the object that a request is about. */
  static final String OF_OBJECT = "x-amz-server-side-encryption-customer-";

  /** Those of the source of a copy. */
  static final String OF_COPY_SOURCE = "x-amz-copy-source-server-side-encryption-customer-";

  /** Behind either of them. */
  static final String ALGORITHM = "algorithm";

  static final String KEY = "key";
  static final String KEY_MD5 = "key-md5";

  /** The one algorithm. */
  static final String AES256 = "AES256";

  private static final int KEY_BYTES = 32;
  private static final int MD5_BYTES = 16;
  private static final String REQUESTS =
      "Requests specifying Server Side Encryption with Customer provided keys must ";

  private CustomerKeyHeaders() {}

  /** Whether there is any of them. */
  static boolean anyOf(S3Headers headers, String prefix) {
    return headers.has(prefix + ALGORITHM)
        || headers.has(prefix + KEY)
        || headers.has(prefix + KEY_MD5);
  }

  /**
   * The key, or null when there is none of the headers.
   *
   * @param secure whether the request came encrypted, or need not
   * @throws S3Exception InvalidRequest for a key in the clear; InvalidArgument for whatever is
   *     missing or wrong
   */
  static @Nullable CustomerKey parse(S3Headers headers, String prefix, boolean secure) {
    if (!anyOf(headers, prefix)) {
      return null;
    }
    if (!secure) {
      throw S3ErrorCode.INVALID_REQUEST.exception(REQUESTS + "be made over a secure connection.");
    }
    if (!headers.nonBlank(prefix + ALGORITHM).orElse("").equals(AES256)) {
      throw refusal(prefix + ALGORITHM, REQUESTS + "provide a valid encryption algorithm.");
    }
    String key = headers.nonBlank(prefix + KEY).orElse(null);
    if (key == null) {
      throw refusal(prefix + KEY, REQUESTS + "provide an appropriate secret key.");
    }
    String md5 = headers.nonBlank(prefix + KEY_MD5).orElse(null);
    if (md5 == null) {
      throw refusal(
          prefix + KEY_MD5, REQUESTS + "provide the client calculated MD5 of the secret key.");
    }
    byte[] secret = decode(key);
    if (secret.length != KEY_BYTES) {
      throw refusal(prefix + KEY, "The secret key was invalid for the specified algorithm.");
    }
    byte[] digest = decode(md5);
    if (digest.length != MD5_BYTES || !MessageDigest.isEqual(digest, md5(secret))) {
      throw refusal(
          prefix + KEY_MD5,
          "The calculated MD5 hash of the key did not match the hash that was provided.");
    }
    try {
      return new CustomerKey(secret, md5);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The value is told of the algorithm alone, and not even there: it might be a key. */
  private static S3Exception refusal(String name, String message) {
    return S3ErrorCode.INVALID_ARGUMENT.exception(message).with("ArgumentName", name);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no MD5", e);
    }
  }
}
