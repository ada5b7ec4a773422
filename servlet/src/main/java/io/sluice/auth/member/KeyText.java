package io.sluice.auth.member;

import java.security.SecureRandom;

/** Makes ids and secrets of keys, formed as AWS's are. Stateless. */
public final class KeyText {
  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_RANDOM_LENGTH = 16;
  private static final int SECRET_LENGTH = 40;

  private KeyText() {}

  /** A new id: {@code AKIA} begins one of a key, {@code ASIA} of a session, {@code AIDA} a user. */
  public static String id(String prefix, SecureRandom random) {
    return prefix + text(random, ID_ALPHABET, ID_RANDOM_LENGTH);
  }

  /** A new secret, of more than 238 bits. */
  public static String secret(SecureRandom random) {
    return text(random, SECRET_ALPHABET, SECRET_LENGTH);
  }

  private static String text(SecureRandom random, String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
