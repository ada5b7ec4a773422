package io.sluice.iam.policy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON strictly: no duplicate fields, no deep nests, nothing after the end. Stateless. */
final class PolicyJson {
  /** Twice what a policy can nest. */
  private static final int MAX_DEPTH = 12;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .build())
          .build();

  private PolicyJson() {}

  /**
   * Reads an object.
   *
   * @throws S3Exception MalformedPolicy
   */
  static JsonValue.Fields read(byte[] document) {
    String text = decode(document).strip();
    if (!text.startsWith("{")) {
      throw malformed("Policies must be valid JSON and the first byte must be '{'");
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      JsonValue value = value(parser, first);
      if (!(value instanceof JsonValue.Fields fields) || parser.nextToken() != null) {
        throw invalidJson();
      }
      return fields;
    } catch (JacksonException e) {
      throw invalidJson();
    }
  }

  private static String decode(byte[] document) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      throw invalidJson();
    }
  }

  private static JsonValue value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonValue.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new JsonValue.Literal(parser.getString());
      case VALUE_NULL -> new JsonValue.Null();
      default -> throw invalidJson();
    };
  }

  private static JsonValue object(JsonParser parser) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      fields.put(name, value(parser, parser.nextToken()));
    }
    return new JsonValue.Fields(fields);
  }

  private static JsonValue array(JsonParser parser) {
    List<JsonValue> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      values.add(value(parser, token));
    }
    return new JsonValue.Array(values);
  }

  private static S3Exception invalidJson() {
    return malformed("This policy contains invalid Json");
  }

  /** The error that says what is wrong with a policy. */
  static S3Exception malformed(String message) {
    return S3ErrorCode.MALFORMED_POLICY.exception(message);
  }
}
