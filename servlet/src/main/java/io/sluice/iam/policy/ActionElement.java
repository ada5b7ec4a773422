package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A statement's {@code Action} or {@code NotAction}. Immutable.
 *
 * @param except whether it is {@code NotAction}
 * @param patterns the patterns as written
 * @param s3Actions the actions of S3 that they mean
 */
record ActionElement(boolean except, List<TextPattern> patterns, Set<String> s3Actions) {
  ActionElement {
    patterns = List.copyOf(patterns);
    s3Actions = Set.copyOf(s3Actions);
  }

  /** What may be named. */
  enum Services {
    S3,
    /** Policies of users are about other services too. */
    ALL
  }

  static ActionElement parse(boolean except, JsonValue json, Services services) {
    List<TextPattern> patterns = new ArrayList<>();
    Set<String> actions = new LinkedHashSet<>();
    for (JsonValue member : json.members()) {
      if (!(member instanceof JsonValue.Text text)) {
        throw malformed("Policy has invalid action");
      }
      TextPattern pattern = TextPattern.parse(text.value(), TextPattern.Syntax.WILDCARDS);
      List<String> meant = PolicyActions.matching(pattern);
      boolean known = !meant.isEmpty() && (text.value().equals("*") || isOfS3(text.value()));
      boolean foreign = services == Services.ALL && PolicyActions.isForeign(text.value());
      if (!known && !foreign) {
        throw malformed("Policy has invalid action");
      }
      patterns.add(pattern);
      actions.addAll(meant);
    }
    if (patterns.isEmpty()) {
      throw malformed("Policy has invalid action");
    }
    return new ActionElement(except, patterns, actions);
  }

  private static boolean isOfS3(String pattern) {
    return pattern.regionMatches(true, 0, "s3:", 0, 3);
  }

  boolean matches(String action) {
    boolean named =
        s3Actions.contains(action)
            || (!isOfS3(action)
                && patterns.stream().anyMatch(p -> p.widest().matchesIgnoringCase(action)));
    return named != except;
  }

  /** For each pattern the actions of S3 that it means. */
  List<List<String>> meant() {
    return patterns.stream().map(PolicyActions::matching).toList();
  }
}
