package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement's {@code Resource} or {@code NotResource}. Immutable.
 *
 * @param except whether it is {@code NotResource}
 * @param patterns ARNs with wildcards and variables; at least one
 */
record ResourceElement(boolean except, List<TextPattern> patterns) {
  /** What the ARNs of buckets and objects begin with. */
  static final String ARN = "arn:aws:s3:::";

  ResourceElement {
    patterns = List.copyOf(patterns);
  }

  static ResourceElement parse(boolean except, JsonValue json, boolean variables) {
    List<TextPattern> patterns = new ArrayList<>();
    for (JsonValue member : json.members()) {
      if (!(member instanceof JsonValue.Text text)) {
        throw malformed("Policy has invalid resource");
      }
      TextPattern pattern = TextPattern.parse(text.value(), TextPattern.Syntax.of(true, variables));
      if (!text.value().equals("*") && !text.value().matches("(?s)arn:[^:]*:[^:]+:.*")) {
        throw malformed("Policy has invalid resource");
      }
      patterns.add(pattern);
    }
    if (patterns.isEmpty()) {
      throw malformed("Policy has invalid resource");
    }
    return new ResourceElement(except, patterns);
  }

  /** Refuses what is not in a bucket. */
  void requireIn(String bucket) {
    String arn = ARN + bucket;
    for (TextPattern pattern : patterns) {
      String prefix = pattern.literalPrefix();
      TextPattern.Resolved widest = pattern.widest();
      boolean named =
          prefix.length() > ARN.length()
              && (prefix.startsWith(arn) || arn.startsWith(prefix))
              && (widest.matches(arn) || widest.matchesBeginning(arn + "/"));
      if (!named) {
        throw malformed("Policy has invalid resource");
      }
    }
  }

  /** Whether one of some actions is about something named here. */
  boolean takes(List<String> actions, String bucket) {
    String arn = ARN + bucket;
    return except
        || actions.stream()
            .map(PolicyActions::scope)
            .distinct()
            .anyMatch(
                scope ->
                    switch (scope) {
                      case SERVICE -> false;
                      case BUCKET -> patterns.stream().anyMatch(p -> p.widest().matches(arn));
                      case OBJECT ->
                          patterns.stream().anyMatch(p -> p.widest().matchesBeginning(arn + "/"));
                    });
  }

  /** Whether a resource matches whatever the values of variables. */
  boolean matchesFixed(String resource) {
    return patterns.stream().anyMatch(p -> p.hasNoVariables() && p.widest().matches(resource))
        != except;
  }

  boolean matches(String resource, ConditionContext context) throws IOException {
    for (TextPattern pattern : patterns) {
      if (pattern.matches(resource, context)) {
        return !except;
      }
    }
    return except;
  }
}
