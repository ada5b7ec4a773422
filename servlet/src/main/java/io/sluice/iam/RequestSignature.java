package io.sluice.iam;

import io.sluice.protocol.S3Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request is signed, as policies see it. Immutable.
 *
 * @param version {@code AWS4-HMAC-SHA256} or {@code AWS}
 * @param form {@code REST-HEADER}, {@code REST-QUERY-STRING} or {@code POST}
 * @param signedAt when, or null when it does not say
 */
record RequestSignature(String version, String form, @Nullable Instant signedAt) {
  private static final String V4 = "AWS4-HMAC-SHA256";
  private static final String V2 = "AWS";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

  /** The signature of a request; empty for the anonymous. */
  static Optional<RequestSignature> of(S3Request request) {
    if (request.identity().isAnonymous()) {
      return Optional.empty();
    }
    String authorization = request.headers().nonBlank("Authorization").orElse("");
    if (authorization.startsWith("AWS4-")) {
      return Optional.of(
          new RequestSignature(V4, "REST-HEADER", date(request.headers().get("x-amz-date"))));
    }
    if (authorization.startsWith("AWS ")) {
      return Optional.of(new RequestSignature(V2, "REST-HEADER", null));
    }
    if (request.query().has("X-Amz-Signature")) {
      return Optional.of(
          new RequestSignature(V4, "REST-QUERY-STRING", date(request.query().get("X-Amz-Date"))));
    }
    if (request.query().has("Signature")) {
      return Optional.of(new RequestSignature(V2, "REST-QUERY-STRING", null));
    }
    if (!request.method().equals("POST") || request.identity().accessKeyId().isEmpty()) {
      return Optional.empty();
    }
    // The field of a form, which its handler hands on as a header.
    boolean v4 = request.headers().has("x-amz-algorithm");
    Instant signedAt = v4 ? date(request.headers().get("x-amz-date")) : null;
    return Optional.of(new RequestSignature(v4 ? V4 : V2, "POST", signedAt));
  }

  private static @Nullable Instant date(@Nullable String text) {
    try {
      return text == null ? null : LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null; // signed by another date header, whose age no policy asks about
    }
  }

  /** Its age in milliseconds; null when it does not say. */
  @Nullable String ageMillis(Instant now) {
    return signedAt == null
        ? null
        : Long.toString(Math.max(0, Duration.between(signedAt, now).toMillis()));
  }
}
