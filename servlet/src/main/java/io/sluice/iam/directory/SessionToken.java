package io.sluice.iam.directory;

import io.sluice.error.S3ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to know of a session, which nobody keeps: its client brings it with each
 * request, as a version, a nonce, and these fields encrypted with AES-256-GCM and bound to the id
 * of the session's key. Immutable; its secret never appears in text.
 *
 * @param secret what requests are signed with
 * @param parentKeyId the key that asked for it: the session ends with it
 * @param parentId {@code aws:userid} of whom that key belonged to
 * @param expiresAt when it ends at the latest
 * @param roleId id of the role that was taken on; null for none
 * @param name what a session for another, or of a role, calls itself; null for one of the key's own
 *     user
 * @param policy what such a session may do at the most; null for none
 */
record SessionToken(
    String secret,
    String parentKeyId,
    String parentId,
    Instant expiresAt,
    @Nullable String roleId,
    @Nullable String name,
    @Nullable String policy) {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + NONCE_BYTES;

  /** Longer than any that is made here: what is longer is not looked at. */
  private static final int MAX_CHARACTERS = 16 * 1024;

  /** The token as clients carry it. */
  String seal(String accessKeyId, SessionKey key, SecureRandom random) {
    byte[] head = new byte[HEAD_BYTES];
    random.nextBytes(head);
    head[0] = VERSION;
    try {
      byte[] body = cipher(Cipher.ENCRYPT_MODE, key, head, accessKeyId).doFinal(bytes());
      byte[] token = Arrays.copyOf(head, HEAD_BYTES + body.length);
      System.arraycopy(body, 0, token, HEAD_BYTES, body.length);
      return Base64.getEncoder().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work here", e);
    }
  }

  /**
   * Opens a token.
   *
   * @throws io.sluice.error.S3Exception InvalidToken when it was not made here for this key
   */
  static SessionToken open(String accessKeyId, String text, SessionKey key) {
    try {
      if (text.length() > MAX_CHARACTERS) {
        throw S3ErrorCode.INVALID_TOKEN.exception();
      }
      byte[] token = Base64.getDecoder().decode(text);
      if (token.length < HEAD_BYTES || token[0] != VERSION) {
        throw S3ErrorCode.INVALID_TOKEN.exception();
      }
      byte[] head = Arrays.copyOf(token, HEAD_BYTES);
      return of(
          cipher(Cipher.DECRYPT_MODE, key, head, accessKeyId)
              .doFinal(token, HEAD_BYTES, token.length - HEAD_BYTES));
    } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
      // Which of them it is says nothing to whoever made it up.
      throw S3ErrorCode.INVALID_TOKEN.exception(S3ErrorCode.INVALID_TOKEN.defaultMessage(), e);
    }
  }

  private static Cipher cipher(int mode, SessionKey key, byte[] head, String accessKeyId)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, head, 1, NONCE_BYTES));
    cipher.updateAAD(head, 0, 1);
    cipher.updateAAD(accessKeyId.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(secret);
      out.writeUTF(parentKeyId);
      out.writeUTF(parentId);
      out.writeLong(expiresAt.getEpochSecond());
      writeOptional(out, roleId);
      writeOptional(out, name);
      writeOptional(out, policy);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeOptional(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static SessionToken of(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new SessionToken(
          in.readUTF(),
          in.readUTF(),
          in.readUTF(),
          Instant.ofEpochSecond(in.readLong()),
          in.readBoolean() ? in.readUTF() : null,
          in.readBoolean() ? in.readUTF() : null,
          in.readBoolean() ? in.readUTF() : null);
    }
  }

  @Override
  public String toString() {
    return "SessionToken[of " + parentKeyId + " until " + expiresAt + "]";
  }
}
