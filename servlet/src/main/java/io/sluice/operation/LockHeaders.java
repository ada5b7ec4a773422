package io.sluice.operation;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Response;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The locks in headers: those that a write gives to the version it makes, and those that a read
 * tells. Immutable.
 *
 * @param retention the retention; empty for none
 * @param hold the legal hold; null when nothing is said of it
 */
record LockHeaders(Optional<ObjectRetention> retention, @Nullable LegalHold hold) {
  static final String MODE = "x-amz-object-lock-mode";
  static final String UNTIL = "x-amz-object-lock-retain-until-date";
  static final String HOLD = "x-amz-object-lock-legal-hold";
  static final String BYPASS = "x-amz-bypass-governance-retention";
  static final String BUCKET_ENABLED = "x-amz-bucket-object-lock-enabled";

  /** The headers with which a write locks the version that it makes. */
  static final Set<String> OF_WRITE = Set.of(MODE, UNTIL, HOLD);

  boolean isEmpty() {
    return retention.isEmpty() && hold == null;
  }

  /**
   * Parses the headers of a write.
   *
   * @throws S3Exception InvalidArgument
   */
  static LockHeaders parse(S3Headers headers, Instant now) {
    return new LockHeaders(retention(headers, now), hold(headers));
  }

  private static Optional<ObjectRetention> retention(S3Headers headers, Instant now) {
    boolean hasMode = headers.has(MODE);
    if (!hasMode && !headers.has(UNTIL)) {
      return Optional.empty();
    }
    if (!hasMode || !headers.has(UNTIL)) {
      throw invalid(
          UNTIL + " and " + MODE + " must both be supplied",
          hasMode ? UNTIL : MODE,
          hasMode ? headers.get(UNTIL) : headers.get(MODE));
    }
    String mode = headers.nonBlank(MODE).orElse("");
    ObjectRetention.Mode known =
        ObjectRetention.Mode.of(mode)
            .orElseThrow(() -> invalid("Unknown wormMode directive.", MODE, mode));
    String date = headers.nonBlank(UNTIL).orElse("").toUpperCase(Locale.ROOT);
    Instant until =
        ObjectRetention.date(date)
            .orElseThrow(
                () ->
                    invalid(
                        "The retain until date must be provided in ISO 8601 format", UNTIL, date));
    ObjectRetention retention = new ObjectRetention(known, until);
    retention.checkFuture(now);
    return Optional.of(retention);
  }

  private static @Nullable LegalHold hold(S3Headers headers) {
    if (!headers.has(HOLD)) {
      return null;
    }
    String status = headers.nonBlank(HOLD).orElse("");
    if (!LegalHold.isStatus(status)) {
      throw invalid("Legal Hold must be either of 'ON' or 'OFF'", HOLD, status);
    }
    return new LegalHold(status);
  }

  private static S3Exception invalid(String message, String name, @Nullable String value) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception(message)
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }

  /**
   * A header that is {@code true} or {@code false}; false when it is absent.
   *
   * @throws S3Exception InvalidArgument for anything else
   */
  static boolean flag(S3Headers headers, String name) {
    String value = headers.nonBlank(name).orElse("false").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid("The value must be true or false.", name, value);
    };
  }

  /** Adds the headers to the answer of a read. */
  void describe(S3Response response) {
    retention.ifPresent(
        set -> response.header(MODE, set.mode().name()).header(UNTIL, HttpDate.iso(set.until())));
    response.header(HOLD, hold == null ? null : hold.status());
  }
}
