package io.sluice.auth;

import io.sluice.error.S3ErrorCode;
import io.sluice.uri.QueryString;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a request says who makes it, parsed and not yet believed. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">Authenticating
 *     requests</a>
 */
sealed interface Authorization {
  /** AWS: the longest life of a presigned URL. */
  long MAX_EXPIRES_SECONDS = 604_800;

  /** Nobody says anything. */
  record Anonymous() implements Authorization {}

  /**
   * Signature Version 4.
   *
   * @param accessKeyId the key
   * @param scope what the signature is good for
   * @param signedHeaders names of the signed headers, lower case, in order
   * @param signature in hex
   * @param date the time as it was signed, {@code yyyyMMdd'T'HHmmss'Z'}
   * @param signedAt the same
   * @param expires life of a presigned URL; null for a header
   */
  record V4(
      String accessKeyId,
      CredentialScope scope,
      List<String> signedHeaders,
      String signature,
      String date,
      Instant signedAt,
      @Nullable Duration expires)
      implements Authorization {
    boolean presigned() {
      return expires != null;
    }
  }

  /**
   * Signature Version 2.
   *
   * @param accessKeyId the key
   * @param signature in base64
   * @param expiresAt end of a presigned URL's life; null for a header
   */
  record V2(String accessKeyId, String signature, @Nullable Instant expiresAt)
      implements Authorization {}

  /** The basic form of ISO 8601 that SigV4 uses. */
  DateTimeFormatter ISO_BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  /**
   * Parses the header or the query, whichever is there.
   *
   * @throws io.sluice.error.S3Exception AuthorizationHeaderMalformed,
   *     AuthorizationQueryParametersError, InvalidArgument, AccessDenied
   */
  static Authorization parse(SignableRequest request, QueryString query) {
    String header = request.header("authorization");
    boolean presignedV4 = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
    boolean presignedV2 = query.has("AWSAccessKeyId") && query.has("Signature");
    int mechanisms = (header == null ? 0 : 1) + (presignedV4 ? 1 : 0) + (presignedV2 ? 1 : 0);
    if (mechanisms > 1) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
                  + " query string parameter or the Authorization header should be specified")
          .with("ArgumentName", "Authorization");
    }
    if (presignedV4) {
      return presignedV4(query);
    }
    if (presignedV2) {
      return presignedV2(query);
    }
    return header == null ? new Anonymous() : header(header, request);
  }

  /**
   * Parses the fields of a form, whose policy is what is signed.
   *
   * @param fields names in lower case
   * @throws io.sluice.error.S3Exception InvalidArgument, AuthorizationQueryParametersError,
   *     AccessDenied
   */
  static Authorization ofForm(Map<String, String> fields) {
    boolean v4 = fields.containsKey("x-amz-signature") || fields.containsKey("x-amz-credential");
    boolean v2 = fields.containsKey("signature") || fields.containsKey("awsaccesskeyid");
    if (v4 && v2) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Only one auth mechanism allowed in the fields of a form.")
          .with("ArgumentName", "X-Amz-Signature");
    }
    if (v4) {
      return formV4(fields);
    }
    if (!v2 && !fields.containsKey("policy")) {
      return new Anonymous();
    }
    String accessKeyId = field(fields, "AWSAccessKeyId");
    field(fields, "policy");
    return new V2(accessKeyId, field(fields, "signature"), null);
  }

  private static V4 formV4(Map<String, String> fields) {
    field(fields, "policy");
    String algorithm = field(fields, "X-Amz-Algorithm");
    if (!algorithm.equals("AWS4-HMAC-SHA256")) {
      throw malformedQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
    }
    CredentialScope.Keyed keyed =
        CredentialScope.parse(
            field(fields, "X-Amz-Credential"), S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
    String date = field(fields, "X-Amz-Date");
    if (!date.matches("[0-9]{8}T[0-9]{6}Z")) {
      throw malformedQuery(
          "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    }
    return new V4(
        keyed.accessKeyId(),
        keyed.scope(),
        List.of(),
        field(fields, "X-Amz-Signature"),
        date,
        instant(date),
        Duration.ofSeconds(MAX_EXPIRES_SECONDS));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name.toLowerCase(Locale.ROOT));
    if (value == null || value.isBlank()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "Bucket POST must contain a field named '"
                  + name
                  + "'.  If it is specified, please check the order of the fields.")
          .with("ArgumentName", name)
          .with("ArgumentValue", "");
    }
    return value.strip();
  }

  private static Authorization header(String header, SignableRequest request) {
    String text = header.strip();
    if (text.startsWith("AWS4-HMAC-SHA256")) {
      return headerV4(text.substring("AWS4-HMAC-SHA256".length()), request);
    }
    if (text.startsWith("AWS ")) {
      int colon = text.lastIndexOf(':');
      if (colon > 4) {
        return new V2(text.substring(4, colon).strip(), text.substring(colon + 1).strip(), null);
      }
    }
    throw S3ErrorCode.INVALID_ARGUMENT
        .exception("Unsupported Authorization Type")
        .with("ArgumentName", "Authorization");
  }

  private static V4 headerV4(String fields, SignableRequest request) {
    Map<String, String> values = new HashMap<>();
    int end;
    for (int begin = 0; begin <= fields.length(); begin = end + 1) {
      int comma = fields.indexOf(',', begin);
      end = comma < 0 ? fields.length() : comma;
      int equals = fields.indexOf('=', begin);
      if (equals > begin && equals < end) {
        values.put(
            fields.substring(begin, equals).strip(), fields.substring(equals + 1, end).strip());
      }
    }
    CredentialScope.Keyed keyed =
        CredentialScope.parse(
            required(values, "Credential"), S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED);
    List<String> signed = signedHeaders(required(values, "SignedHeaders"));
    String signature = required(values, "Signature");
    String amzDate = request.header("x-amz-date");
    String date = amzDate == null ? request.header("date") : amzDate;
    if (date == null) {
      throw S3ErrorCode.ACCESS_DENIED.exception(
          "AWS authentication requires a valid Date or x-amz-date header");
    }
    Instant signedAt = basic(date.strip());
    String signedDate = date.strip();
    if (signedAt == null) {
      signedAt = instant(signedDate);
      signedDate = ISO_BASIC.format(signedAt.atOffset(ZoneOffset.UTC));
    }
    return new V4(
        keyed.accessKeyId(), keyed.scope(), signed, signature, signedDate, signedAt, null);
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED.exception(
          "The authorization header is malformed; the authorization header requires three"
              + " components: Credential, SignedHeaders, and Signature.");
    }
    return value;
  }

  private static V4 presignedV4(QueryString query) {
    if (!"AWS4-HMAC-SHA256".equals(query.get("X-Amz-Algorithm"))) {
      throw malformedQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
    }
    CredentialScope.Keyed keyed =
        CredentialScope.parse(
            parameter(query, "X-Amz-Credential"), S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
    String date = parameter(query, "X-Amz-Date");
    Instant signedAt = basic(date);
    try {
      if (signedAt == null) {
        signedAt = LocalDateTime.parse(date, ISO_BASIC).toInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      throw malformedQuery(
          "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    }
    String expires = parameter(query, "X-Amz-Expires");
    if (!expires.matches("[0-9]{1,18}")) {
      throw malformedQuery("X-Amz-Expires should be a number");
    }
    long seconds = Long.parseLong(expires);
    if (seconds < 1 || seconds > MAX_EXPIRES_SECONDS) {
      throw malformedQuery(
          "X-Amz-Expires must be at least 1 and less than a week (in seconds); that is, the given"
              + " X-Amz-Expires must be less than 604800 seconds");
    }
    return new V4(
        keyed.accessKeyId(),
        keyed.scope(),
        signedHeaders(parameter(query, "X-Amz-SignedHeaders")),
        parameter(query, "X-Amz-Signature"),
        date,
        signedAt,
        Duration.ofSeconds(seconds));
  }

  private static String parameter(QueryString query, String name) {
    return query
        .nonEmpty(name)
        .orElseThrow(
            () ->
                malformedQuery(
                    "Query-string authentication version 4 requires the X-Amz-Algorithm,"
                        + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders,"
                        + " and X-Amz-Expires parameters."));
  }

  private static RuntimeException malformedQuery(String message) {
    return S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR.exception(message);
  }

  private static V2 presignedV2(QueryString query) {
    String expires = query.nonEmpty("Expires").orElse("");
    if (!expires.matches("[0-9]{1,11}")) {
      throw S3ErrorCode.ACCESS_DENIED.exception(
          "Query-string authentication requires the Signature, Expires and AWSAccessKeyId"
              + " parameters");
    }
    return new V2(
        query.nonEmpty("AWSAccessKeyId").orElse(""),
        query.nonEmpty("Signature").orElse(""),
        Instant.ofEpochSecond(Long.parseLong(expires)));
  }

  private static List<String> signedHeaders(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split(";", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(names);
  }

  /**
   * The time of the basic form, as {@link #ISO_BASIC} reads it; null for what takes a closer look:
   * anything else, and the last days of a month.
   */
  private static @Nullable Instant basic(String text) {
    if (text.length() != 16 || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
      return null;
    }
    for (int i = 0; i < 15; i++) {
      if (i != 8 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return null;
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 4, 6);
    int day = number(text, 6, 8);
    int hour = number(text, 9, 11);
    int minute = number(text, 11, 13);
    int second = number(text, 13, 15);
    boolean usual = month >= 1 && month <= 12 && day >= 1 && day <= 28;
    return usual && hour < 24 && minute < 60 && second < 60
        ? LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC)
        : null;
  }

  private static int number(String digits, int begin, int end) {
    return Integer.parseInt(digits, begin, end, 10);
  }

  /** Parses {@code x-amz-date} or {@code Date}: ISO 8601 basic, or RFC 1123. */
  static Instant instant(String text) {
    try {
      return text.endsWith("Z") && text.length() == 16
          ? LocalDateTime.parse(text, ISO_BASIC).toInstant(ZoneOffset.UTC)
          : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw S3ErrorCode.ACCESS_DENIED.exception(
          "AWS authentication requires a valid Date or x-amz-date header", e);
    }
  }
}
