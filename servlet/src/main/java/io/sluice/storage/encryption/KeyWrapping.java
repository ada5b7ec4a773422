package io.sluice.storage.encryption;

import io.sluice.model.ETag;
import io.sluice.model.encryption.Encryption;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a store encrypts with: it makes a data key for each body and has it wrapped here.
 * Thread-safe or confined to one request, as its maker says.
 */
public interface KeyWrapping {
  /** What readers are told. */
  Encryption encryption();

  /**
   * Wraps a data key.
   *
   * @throws io.sluice.error.S3Exception when the key service refuses
   * @throws IOException when it cannot be reached
   */
  Envelope wrap(DataKey key) throws IOException;

  /** The tag of a body of this MD5: that, or a random one where a tag may tell nothing. */
  static ETag tag(@Nullable KeyWrapping wrapping, ETag md5) {
    if (wrapping == null || wrapping.encryption().tagIsMd5()) {
      return md5;
    }
    return randomTag();
  }

  /** A tag that tells nothing of the bytes. */
  static ETag randomTag() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return new ETag(HexFormat.of().formatHex(random));
  }

  /** What is told of a write with this wrapping, or with none. */
  static @Nullable Encryption encryptionOf(@Nullable KeyWrapping wrapping) {
    return wrapping == null ? null : wrapping.encryption();
  }
}
