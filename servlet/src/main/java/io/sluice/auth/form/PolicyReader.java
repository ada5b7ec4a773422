package io.sluice.auth.form;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads the JSON of a policy, and nothing that is not one: no name twice, nothing unknown, nothing
 * behind it. Used once.
 */
final class PolicyReader {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_TEXT = 20 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA) // as in AWS's own examples
          .enable(
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER) // and \$ for a dollar sign
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .maxDocumentLength(MAX_TEXT)
                  .build())
          .build();

  private final JsonParser parser;
  private final List<PolicyCondition> conditions = new ArrayList<>();
  private boolean hasConditions;
  private @Nullable Instant expiration;
  private long minBytes;
  private long maxBytes = Long.MAX_VALUE;

  private PolicyReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads.
   *
   * @throws S3Exception InvalidPolicyDocument
   */
  static PostPolicy read(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return new PolicyReader(parser).policy();
    } catch (JacksonException e) {
      throw S3ErrorCode.INVALID_POLICY_DOCUMENT.exception("Invalid Policy: Invalid JSON.", e);
    }
  }

  private PostPolicy policy() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("Invalid JSON: an object is expected.");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (parser.currentName()) {
        case "expiration" -> expiration = expiration();
        case "conditions" -> conditions();
        default -> throw invalid("Unexpected: '" + parser.currentName() + "'.");
      }
    }
    if (parser.nextToken() != null) {
      throw invalid("Invalid JSON: something follows the policy.");
    }
    if (expiration == null) {
      throw invalid("Policy missing expiration.");
    }
    if (!hasConditions) {
      throw invalid("Policy missing conditions.");
    }
    return new PostPolicy(expiration, conditions, minBytes, maxBytes);
  }

  private Instant expiration() {
    String text = text("Invalid 'expiration' value.");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw invalid("Invalid 'expiration' value: '" + text + "'");
    }
  }

  private void conditions() {
    hasConditions = true;
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw invalid("Invalid 'conditions' value: must be a List.");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        conditions.add(simple());
      } else if (parser.currentToken() == JsonToken.START_ARRAY) {
        list();
      } else {
        throw invalid("Invalid condition: must be a List or a Dictionary.");
      }
    }
  }

  /** {@code {"acl": "private"}}. */
  private PolicyCondition simple() {
    String problem =
        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.";
    if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
      throw invalid(problem);
    }
    String field = parser.currentName();
    String value = text("Invalid Simple-Condition: value must be a string.");
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw invalid(problem);
    }
    return new PolicyCondition.Equal(field.toLowerCase(Locale.ROOT), value);
  }

  /** {@code ["starts-with", "$key", "a/"]} or {@code ["content-length-range", 1, 100]}. */
  private void list() {
    String operator = text("Invalid condition: the operation must be a string.");
    switch (operator.toLowerCase(Locale.ROOT)) {
      case "eq" -> conditions.add(new PolicyCondition.Equal(field(), value()));
      case "starts-with" -> conditions.add(new PolicyCondition.StartsWith(field(), value()));
      case "content-length-range" -> {
        long least = length();
        long most = length();
        if (least > most) {
          throw invalid("Invalid content-length-range: the minimum is above the maximum.");
        }
        minBytes = Math.max(minBytes, least);
        maxBytes = Math.min(maxBytes, most);
      }
      default -> throw invalid("Invalid condition: unknown operation '" + operator + "'.");
    }
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw invalid("Invalid " + operator + ": wrong number of arguments.");
    }
  }

  private String field() {
    String name = text("Invalid condition: the field must be a string.");
    if (name.length() < 2 || name.charAt(0) != '$') {
      throw invalid("Invalid condition: the field '" + name + "' must begin with a '$'.");
    }
    return name.substring(1).toLowerCase(Locale.ROOT);
  }

  private String value() {
    return text("Invalid condition: the value must be a string.");
  }

  private String text(String problem) {
    if (parser.nextToken() != JsonToken.VALUE_STRING) {
      throw invalid(problem);
    }
    return parser.getString();
  }

  private long length() {
    JsonToken token = parser.nextToken();
    boolean scalar = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
    if (!scalar || !parser.getString().matches("[0-9]{1,18}")) {
      throw invalid("Invalid content-length-range: a length must be a number, zero or above.");
    }
    return Long.parseLong(parser.getString());
  }

  private static S3Exception invalid(String problem) {
    return S3ErrorCode.INVALID_POLICY_DOCUMENT.exception("Invalid Policy: " + problem);
  }
}
