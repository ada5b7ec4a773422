package io.sluice.storage.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts the blocks of one body by AES-256-GCM. The nonce is the number of the block: the key is
 * the body's alone and each block is written once, so that no nonce comes twice; and a block that
 * was moved, or cut off, does not decrypt. Ciphertext is as long as plaintext; its tag is kept
 * apart. Confined to one thread.
 */
public final class BlockCipher {
  /** What proves a block. */
  public static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final Cipher cipher;

  /** A cipher with a body's key. */
  public BlockCipher(DataKey key) {
    this.key = key.aes();
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM", e);
    }
  }

  /**
   * Encrypts a block.
   *
   * @param sealed takes the ciphertext and its tag behind it: {@code length + TAG_BYTES}
   */
  public void seal(long block, byte[] plain, int length, byte[] sealed) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(block));
      cipher.doFinal(plain, 0, length, sealed, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A block cannot be encrypted", e);
    }
  }

  /**
   * Decrypts a block.
   *
   * @param sealed the ciphertext and its tag
   * @param length how long they are together
   * @param plain takes {@code length - TAG_BYTES}
   * @throws IOException when the bytes are not what was written with this key
   */
  public void open(long block, byte[] sealed, int length, byte[] plain) throws IOException {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce(block));
      cipher.doFinal(sealed, 0, length, plain, 0);
    } catch (AEADBadTagException e) {
      throw new IOException("Stored bytes are damaged", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A block cannot be decrypted", e);
    }
  }

  private static GCMParameterSpec nonce(long block) {
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(block).array();
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
  }
}
