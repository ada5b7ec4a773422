package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that a policy compares with those of a request. Immutable. */
sealed interface ConditionValue {
  /** Thrown to say that a variable has no value. */
  enum Match {
    YES,
    NO,
    /** The request has no value for a variable. */
    UNKNOWN;

    static Match of(boolean matches) {
      return matches ? YES : NO;
    }
  }

  /** Compares with one value of a request. */
  Match match(String given, ConditionContext context) throws IOException;

  /** Whether it stands for one value alone. */
  default boolean isFixed() {
    return true;
  }

  /** Compiles a value of a policy. */
  static ConditionValue parse(ConditionOperator.Test test, String value, boolean variables) {
    return switch (test.type()) {
      case TEXT -> new Text(pattern(value, false, variables), false);
      case TEXT_IGNORING_CASE -> new Text(pattern(value, false, variables), true);
      case PATTERN -> new Text(pattern(value, true, variables), false);
      case NUMBER ->
          new Ordered<>(
              number(value).orElseThrow(() -> invalid(value)),
              ConditionValue::number,
              test.order());
      case DATE ->
          new Ordered<>(
              date(value).orElseThrow(() -> invalid(value)), ConditionValue::date, test.order());
      case BOOL, NULL -> Bool.parse(value);
      case BINARY -> Binary.parse(value);
      case IP -> new Ip(IpRange.parse(value));
      case ARN -> Arn.parse(value, variables);
    };
  }

  private static TextPattern pattern(String value, boolean wildcards, boolean variables) {
    return TextPattern.parse(value, TextPattern.Syntax.of(wildcards, variables));
  }

  private static RuntimeException invalid(String value) {
    return malformed("Invalid value in Condition : " + value);
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** W3C's profile of ISO 8601, or seconds since 1970. */
  private static Optional<Instant> date(String text) {
    try {
      if (text.matches("-?\\d{5,12}")) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
      }
      if (text.indexOf('T') < 0) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A text, or a pattern of it. */
  record Text(TextPattern pattern, boolean ignoringCase) implements ConditionValue {
    @Override
    public Match match(String given, ConditionContext context) throws IOException {
      TextPattern.Resolved resolved = pattern.resolve(context);
      if (resolved == null) {
        return Match.UNKNOWN;
      }
      return Match.of(ignoringCase ? resolved.matchesIgnoringCase(given) : resolved.matches(given));
    }

    @Override
    public boolean isFixed() {
      return pattern.isFixed();
    }
  }

  /** How a request's value is read. */
  @FunctionalInterface
  interface Reader<T> {
    Optional<T> read(String text);
  }

  /** A number or a date. */
  record Ordered<T extends Comparable<T>>(T limit, Reader<T> reader, ConditionOperator.Order order)
      implements ConditionValue {
    @Override
    public Match match(String given, ConditionContext context) {
      return Match.of(
          reader.read(given).filter(value -> order.holds(value.compareTo(limit))).isPresent());
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements ConditionValue {
    static Bool parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> new Bool(true);
        case "false" -> new Bool(false);
        default -> throw invalid(text);
      };
    }

    @Override
    public Match match(String given, ConditionContext context) {
      return Match.of(given.equalsIgnoreCase(Boolean.toString(value)));
    }
  }

  /** Bytes. */
  record Binary(String text) implements ConditionValue {
    static Binary parse(String base64) {
      try {
        return new Binary(
            new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException e) {
        throw invalid(base64);
      }
    }

    @Override
    public Match match(String given, ConditionContext context) {
      byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
      return Match.of(text.equals(new String(bytes, StandardCharsets.ISO_8859_1)));
    }
  }

  /** A range of addresses. */
  record Ip(IpRange range) implements ConditionValue {
    @Override
    public Match match(String given, ConditionContext context) {
      return Match.of(range.contains(given));
    }

    @Override
    public boolean isFixed() {
      return !range.isPublic();
    }
  }

  /** An ARN: six parts, each a pattern of its own. */
  record Arn(List<TextPattern> parts) implements ConditionValue {
    private static final int PARTS = 6;

    public Arn {
      parts = List.copyOf(parts);
    }

    static Arn parse(String value, boolean variables) {
      List<String> texts = split(value);
      if (texts == null || !texts.get(0).equals("arn")) {
        throw malformed("Invalid ARN in Condition : " + value);
      }
      return new Arn(texts.stream().map(text -> pattern(text, true, variables)).toList());
    }

    /** At the first five colons, those of variables apart; null when there are fewer. */
    private static @Nullable List<String> split(String value) {
      List<String> parts = new ArrayList<>();
      int begin = 0;
      int depth = 0;
      for (int i = 0; i < value.length() && parts.size() < PARTS - 1; i++) {
        char c = value.charAt(i);
        if (c == '{') {
          depth++;
        } else if (c == '}') {
          depth = Math.max(0, depth - 1);
        } else if (c == ':' && depth == 0) {
          parts.add(value.substring(begin, i));
          begin = i + 1;
        }
      }
      parts.add(value.substring(begin));
      return parts.size() == PARTS ? parts : null;
    }

    @Override
    public Match match(String given, ConditionContext context) throws IOException {
      String[] texts = given.split(":", PARTS);
      boolean matches = texts.length == PARTS;
      for (int i = 0; i < PARTS; i++) {
        TextPattern.Resolved resolved = parts.get(i).resolve(context);
        if (resolved == null) {
          return Match.UNKNOWN;
        }
        matches = matches && resolved.matches(texts[i]);
      }
      return Match.of(matches);
    }

    @Override
    public boolean isFixed() {
      return parts.stream().allMatch(TextPattern::isFixed);
    }
  }
}
