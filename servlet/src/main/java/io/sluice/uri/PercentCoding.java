package io.sluice.uri;

import io.sluice.error.S3ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding and -encoding as S3 does them: bytes are UTF-8, unreserved are {@code A-Z a-z
 * 0-9 - . _ ~}, hex digits are upper case. Stateless, thread-safe.
 */
public final class PercentCoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentCoding() {}

  /** What a bare plus sign stands for. */
  public enum Plus {
    SPACE,
    PLUS
  }

  /**
   * Decodes once.
   *
   * @throws io.sluice.error.S3Exception InvalidURI for a broken escape or bytes that are not UTF-8
   */
  public static String decode(String text, Plus plus) {
    if (text.indexOf('%') < 0 && (plus == Plus.PLUS || text.indexOf('+') < 0) && isAscii(text)) {
      return text;
    }
    byte[] bytes = new byte[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw S3ErrorCode.INVALID_URI.exception();
        }
        bytes[length++] = (byte) ((high << 4) | low);
        i += 2;
      } else if (c == '+' && plus == Plus.SPACE) {
        bytes[length++] = ' ';
      } else if (c < 0x100) {
        // Raw bytes above 0x7F reach us as ISO-8859-1 characters.
        bytes[length++] = (byte) c;
      } else {
        throw S3ErrorCode.INVALID_URI.exception();
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw S3ErrorCode.INVALID_URI.exception("The URI is not valid UTF-8.", e);
    }
  }

  /** Encodes every byte that is not unreserved and not in {@code safe}. */
  public static String encode(String text, String safe) {
    if (isPlain(text, safe)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isUnreserved(c) || safe.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }

  private static boolean isPlain(String text, String safe) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isUnreserved(c) && (c >= 0x80 || safe.indexOf(c) < 0)) {
        return false;
      }
    }
    return true;
  }

  /** RFC 3986, 2.3. */
  public static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
