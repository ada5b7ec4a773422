package io.sluice.protocol;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RFC 2047's encoded words, in which S3 carries metadata that is not US-ASCII. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2047#section-2">RFC 2047, 2</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Object
 *     metadata</a>
 */
public final class EncodedWord {
  private static final Pattern WORD =
      Pattern.compile("=\\?([A-Za-z0-9_-]+)\\?([BbQq])\\?([^?]*)\\?=");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");

  private EncodedWord() {}

  /** Decodes the encoded words in a text; what is none stays as it is. */
  public static String decode(String text) {
    if (!text.contains("=?")) {
      return text;
    }
    String joined = BETWEEN_WORDS.matcher(text).replaceAll("$1$2");
    Matcher matcher = WORD.matcher(joined);
    StringBuilder decoded = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(decoded, Matcher.quoteReplacement(word(matcher)));
    }
    return matcher.appendTail(decoded).toString();
  }

  private static String word(Matcher matcher) {
    try {
      Charset charset = Charset.forName(matcher.group(1));
      String text = matcher.group(3);
      byte[] bytes =
          matcher.group(2).equalsIgnoreCase("B") ? Base64.getDecoder().decode(text) : quoted(text);
      return new String(bytes, charset);
    } catch (IllegalArgumentException e) {
      // An unknown charset or broken coding: then it is no encoded word.
      return matcher.group();
    }
  }

  private static byte[] quoted(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < text.length()) {
        bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '_' ? ' ' : c);
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The text itself when it is printable US-ASCII, else one encoded word. */
  public static String encode(String text) {
    if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
      return text;
    }
    return "=?UTF-8?B?"
        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "?=";
  }
}
