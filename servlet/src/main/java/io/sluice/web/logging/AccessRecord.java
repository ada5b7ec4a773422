package io.sluice.web.logging;

import io.sluice.model.BucketName;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.uri.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request as the log of its bucket tells it. Immutable; what it holds of a query is without
 * signatures and tokens.
 *
 * @param asked what it asked for
 * @param outcome how it ended
 * @param client who sent it
 * @param at when it came
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html">Format</a>
 */
public record AccessRecord(Asked asked, Outcome outcome, Client client, Instant at) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Pattern SECRETS =
      Pattern.compile("(?i)([?&](?:X-Amz-Signature|Signature|X-Amz-Security-Token)=)[^&]*");

  /**
   * What a request asked for.
   *
   * @param target a bucket or object
   * @param operation what it was recognised as; null when it was not
   */
  public record Asked(S3Target target, @Nullable S3Operation operation) {}

  /**
   * How a request ended; null and negative numbers for what is not known.
   *
   * @param objectBytes the size of the object
   */
  public record Outcome(
      int status,
      @Nullable String errorCode,
      long sentBytes,
      long objectBytes,
      long millis,
      @Nullable String versionId,
      String requestId,
      String hostId) {}

  /**
   * Who sent a request, and how; null for what is not known.
   *
   * @param requester canonical id; null for nobody
   * @param kind {@code REST}, or {@code WEBSITE}
   */
  public record Client(
      String address,
      @Nullable String requester,
      String method,
      String kind,
      String requestLine,
      Headers headers,
      Signing signing) {}

  /** Headers as they came. */
  public record Headers(
      @Nullable String host, @Nullable String referer, @Nullable String userAgent) {}

  /** How a request was signed, and encrypted on its way. */
  public record Signing(
      @Nullable String version,
      @Nullable String type,
      @Nullable String cipher,
      @Nullable String tls) {}

  /** The bucket. */
  BucketName bucket() {
    return asked.target() instanceof S3Target.ObjectTarget object
        ? object.bucket()
        : ((S3Target.BucketTarget) asked.target()).bucket();
  }

  /** The line of a log, with its end. */
  String line(String ownerId, String region) {
    String key =
        asked.target() instanceof S3Target.ObjectTarget object
            ? PercentCoding.encode(object.key().value(), "/")
            : null;
    return String.join(
        " ",
        ownerId,
        bucket().value(),
        "[" + TIME.format(at) + "]",
        word(client.address()),
        word(client.requester()),
        outcome.requestId(),
        client.kind() + "." + ResourceType.of(client.method(), asked.operation(), asked.target()),
        word(key),
        quoted(SECRETS.matcher(client.requestLine()).replaceAll("$1REDACTED")),
        Integer.toString(outcome.status()),
        word(outcome.errorCode()),
        number(outcome.sentBytes() == 0 ? -1 : outcome.sentBytes()),
        number(outcome.objectBytes()),
        number(outcome.millis()),
        "-",
        quoted(client.headers().referer()),
        quoted(client.headers().userAgent()),
        word(outcome.versionId()),
        word(outcome.hostId()),
        word(client.signing().version()),
        word(client.signing().cipher()),
        word(client.signing().type()),
        word(client.headers().host()),
        word(client.signing().tls()),
        "-",
        "-",
        region + "\n");
  }

  private static String number(long value) {
    return value < 0 ? "-" : Long.toString(value);
  }

  private static String word(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : escape(text, ' ');
  }

  private static String quoted(@Nullable String text) {
    return "\"" + (text == null || text.isEmpty() ? "-" : escape(text, '"')) + "\"";
  }

  /** Nothing that a client sends can end its field, or its line. */
  private static String escape(String text, char end) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
      char c = (char) (b & 0xFF);
      if (c < 0x20 || c >= 0x7F || c == end || c == '"') {
        out.append("%%%02X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
