package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import io.sluice.error.S3Exception;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads policies of one kind: of one bucket, or of identities. Immutable. */
final class PolicyParser {
  private static final Set<String> FIELDS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_FIELDS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  /** The action of whoever takes a role on. */
  private static final String ASSUME_ROLE = "sts:AssumeRole";

  private final @Nullable String bucket;
  private final boolean ofRole;

  PolicyParser(@Nullable String bucket) {
    this(bucket, false);
  }

  private PolicyParser(@Nullable String bucket, boolean ofRole) {
    this.bucket = bucket;
    this.ofRole = ofRole;
  }

  static PolicyParser ofRole() {
    return new PolicyParser(null, true);
  }

  /**
   * Parses.
   *
   * @throws S3Exception MalformedPolicy
   */
  Policy parse(byte[] document) {
    if (document.length > Policy.MAX_BYTES) {
      throw malformed("Policy exceeds the maximum allowed document size.");
    }
    Map<String, JsonValue> fields = PolicyJson.read(document).values();
    requireKnown(fields, FIELDS);
    boolean variables = hasVariables(fields.get("Version"));
    JsonValue id = fields.get("Id");
    if (id != null && !(id instanceof JsonValue.Text)) {
      throw syntax();
    }
    JsonValue statement = fields.get("Statement");
    if (statement == null) {
      throw missing("Statement");
    }
    List<Statement> statements = new ArrayList<>();
    Set<String> sids = new HashSet<>();
    for (JsonValue member : statement.members()) {
      Statement parsed = statement(member, variables, statements.size() + 1);
      statements.add(parsed);
      if (!sids.add(parsed.sid())) {
        throw malformed("Statement IDs (SID) in a single policy must be unique.");
      }
    }
    if (statements.isEmpty()) {
      throw malformed("Could not parse the policy: Statement is empty!");
    }
    return new Policy(statements);
  }

  private static boolean hasVariables(@Nullable JsonValue version) {
    if (version == null) {
      return false;
    }
    if (version instanceof JsonValue.Text text) {
      switch (text.value()) {
        case "2012-10-17" -> {
          return true;
        }
        case "2008-10-17" -> {
          return false;
        }
        default -> {}
      }
    }
    throw malformed("The policy must contain a valid version string");
  }

  private static void requireKnown(Map<String, JsonValue> fields, Set<String> known) {
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        throw malformed("Unknown field " + name);
      }
    }
  }

  private Statement statement(JsonValue json, boolean variables, int place) {
    if (!(json instanceof JsonValue.Fields object)) {
      throw syntax();
    }
    Map<String, JsonValue> fields = object.values();
    requireKnown(fields, STATEMENT_FIELDS);
    Statement statement =
        new Statement(
            sid(fields.get("Sid"), place),
            effect(fields.get("Effect")),
            principals(fields),
            ActionElement.parse(
                isExcept(fields, "Action"),
                either(fields, "Action"),
                bucket == null ? ActionElement.Services.ALL : ActionElement.Services.S3),
            resources(fields, variables),
            conditions(fields.get("Condition"), variables));
    check(statement);
    return statement;
  }

  private ResourceElement resources(Map<String, JsonValue> fields, boolean variables) {
    if (!ofRole) {
      return ResourceElement.parse(
          isExcept(fields, "Resource"), either(fields, "Resource"), variables);
    }
    if (fields.containsKey("Resource") || fields.containsKey("NotResource")) {
      throw malformed("Has prohibited field Resource");
    }
    return ResourceElement.parse(false, new JsonValue.Text("*"), false);
  }

  private static List<Condition> conditions(@Nullable JsonValue json, boolean variables) {
    return json == null ? List.of() : Condition.parse(json, variables);
  }

  private static String sid(@Nullable JsonValue json, int place) {
    if (json == null) {
      return "#" + place;
    }
    if (!(json instanceof JsonValue.Text text)) {
      throw syntax();
    }
    return text.value().isEmpty() ? "#" + place : text.value();
  }

  private static Statement.Effect effect(@Nullable JsonValue json) {
    if (json == null) {
      throw missing("Effect");
    }
    String text = json instanceof JsonValue.Text value ? value.value() : "";
    return switch (text) {
      case "Allow" -> Statement.Effect.ALLOW;
      case "Deny" -> Statement.Effect.DENY;
      default -> throw malformed("Invalid effect: " + text);
    };
  }

  private @Nullable PrincipalElement principals(Map<String, JsonValue> fields) {
    boolean named = fields.containsKey("Principal") || fields.containsKey("NotPrincipal");
    if (bucket == null && !ofRole) {
      if (named) {
        throw malformed("Policy document should not specify a principal.");
      }
      return null;
    }
    return PrincipalElement.parse(isExcept(fields, "Principal"), either(fields, "Principal"));
  }

  private static boolean isExcept(Map<String, JsonValue> fields, String name) {
    return fields.containsKey("Not" + name);
  }

  private static JsonValue either(Map<String, JsonValue> fields, String name) {
    JsonValue positive = fields.get(name);
    JsonValue negative = fields.get("Not" + name);
    if (positive != null && negative != null) {
      throw syntax();
    }
    if (positive != null) {
      return positive;
    }
    if (negative == null) {
      throw missing(name);
    }
    return negative;
  }

  /** Whether everything that a statement of a bucket's policy says can come true. */
  private void check(Statement statement) {
    if (ofRole) {
      checkTrust(statement);
    }
    if (bucket == null) {
      return;
    }
    statement.resources().requireIn(bucket);
    if (statement.actions().except()) {
      return;
    }
    for (List<String> meant : statement.actions().meant()) {
      if (!statement.resources().takes(meant, bucket)) {
        throw malformed("Action does not apply to any resource(s) in statement");
      }
      for (Condition condition : statement.conditions()) {
        if (!condition.key().goesWith(meant)) {
          throw malformed(
              "Conditions do not apply to combination of actions and resources in statement");
        }
      }
    }
  }

  /** Whether a trust policy's statement is about taking the role on, and nothing else. */
  private static void checkTrust(Statement statement) {
    ActionElement actions = statement.actions();
    if (actions.except() || !actions.matches(ASSUME_ROLE) || !actions.s3Actions().isEmpty()) {
      throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    }
    for (Condition condition : statement.conditions()) {
      if (!condition.key().goesWith(List.of(ASSUME_ROLE))) {
        throw malformed("Policy has an invalid condition key");
      }
    }
  }

  private static S3Exception missing(String field) {
    return malformed("Missing required field " + field);
  }

  private static S3Exception syntax() {
    return malformed("Invalid policy syntax.");
  }
}
