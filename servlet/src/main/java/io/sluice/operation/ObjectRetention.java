package io.sluice.operation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.protocol.HttpDate;
import io.sluice.xml.XmlBodies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when a version must be kept, and how strictly. Immutable.
 *
 * @param mode how strictly
 * @param until the moment from which on it may go, millisecond precision
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Object
 *     lock</a>
 */
public record ObjectRetention(Mode mode, Instant until) {
  /** The name of the document that holds the retention of a version. */
  public static final String DOCUMENT = "retention";

  private static final int MAX_BODY_BYTES = 4 * 1024;

  /** The end of the years that have four digits. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** How strictly a version is kept. */
  public enum Mode {
    /** Somebody with the permission may loosen it. */
    GOVERNANCE,
    /** Nobody may loosen it. */
    COMPLIANCE;

    /** The mode of a name; empty for another name. */
    static Optional<Mode> of(String name) {
      return switch (name) {
        case "GOVERNANCE" -> Optional.of(GOVERNANCE);
        case "COMPLIANCE" -> Optional.of(COMPLIANCE);
        default -> Optional.empty();
      };
    }
  }

  /** Cuts what a document could not hold. */
  public ObjectRetention {
    until = until.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /** A version's document; empty when its retention was taken away. */
  public static Optional<ObjectRetention> ofDocument(byte[] document) {
    return XmlBodies.read(document, Document.class).retention();
  }

  /**
   * What a request sets; empty to take the retention away.
   *
   * @throws io.sluice.error.S3Exception MalformedXML; InvalidArgument for a date that is past
   */
  public static Optional<ObjectRetention> parse(byte[] body, Instant now) {
    Optional<ObjectRetention> retention = XmlBodies.read(body, Document.class).retention();
    retention.ifPresent(set -> set.checkFuture(now));
    return retention;
  }

  /** A date in a document or header: ISO 8601 alone, and one that can be written so again. */
  static Optional<Instant> date(String text) {
    return text.matches("[0-9]{4}-.*")
        ? HttpDate.parse(text).filter(date -> !date.isAfter(LATEST))
        : Optional.empty();
  }

  /**
   * Refuses a date that is not in the future.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument
   */
  void checkFuture(Instant now) {
    if (!active(now)) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception("The retain until date must be in the future!");
    }
  }

  /** Whether it still protects. */
  public boolean active(Instant now) {
    return until.isAfter(now);
  }

  /** Whether a version under this one gets no less protection from the other. */
  boolean keptBy(Optional<ObjectRetention> other) {
    return other.isPresent() && other.get().mode == mode && !other.get().until.isBefore(until);
  }

  /** The document of a version, or of an answer; without a retention it has no elements. */
  public static Document document(Optional<ObjectRetention> retention) {
    return new Document(
        retention.map(set -> set.mode.name()).orElse(null),
        retention.map(set -> HttpDate.iso(set.until)).orElse(null));
  }

  /** As it travels and is kept. */
  @JsonRootName("Retention")
  public record Document(@Nullable String mode, @Nullable String retainUntilDate) {
    private Optional<ObjectRetention> retention() {
      String name = mode == null ? "" : mode.strip();
      String date = retainUntilDate == null ? "" : retainUntilDate.strip().toUpperCase(Locale.ROOT);
      if (name.isEmpty() && date.isEmpty()) {
        return Optional.empty();
      }
      Optional<Mode> known = Mode.of(name);
      Optional<Instant> until = date(date);
      if (known.isEmpty() || until.isEmpty()) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      return Optional.of(new ObjectRetention(known.get(), until.get()));
    }

    /** The bytes that a store keeps. */
    public byte[] bytes() {
      return XmlBodies.write(this);
    }
  }
}
