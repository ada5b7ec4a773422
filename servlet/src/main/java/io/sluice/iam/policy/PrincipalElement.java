package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import io.sluice.iam.policy.PrincipalPattern.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A statement's {@code Principal} or {@code NotPrincipal}. Immutable.
 *
 * @param except whether it is {@code NotPrincipal}
 * @param patterns who is in it; at least one
 */
record PrincipalElement(boolean except, List<PrincipalPattern> patterns) {
  PrincipalElement {
    patterns = List.copyOf(patterns);
  }

  static PrincipalElement parse(boolean except, JsonValue json) {
    List<PrincipalPattern> patterns = new ArrayList<>();
    if (json instanceof JsonValue.Text text && text.value().equals("*")) {
      patterns.add(new PrincipalPattern.Anyone());
    } else if (json instanceof JsonValue.Fields fields) {
      for (Map.Entry<String, JsonValue> field : fields.values().entrySet()) {
        for (JsonValue member : field.getValue().members()) {
          if (!(member instanceof JsonValue.Text text)) {
            throw malformed("Invalid principal in policy");
          }
          patterns.add(PrincipalPattern.parse(field.getKey(), text.value()));
        }
      }
    }
    if (patterns.isEmpty()) {
      throw malformed("Invalid principal in policy");
    }
    return new PrincipalElement(except, patterns);
  }

  Match match(Requester requester) {
    Match closest = Match.NONE;
    for (PrincipalPattern pattern : patterns) {
      Match match = pattern.match(requester);
      closest = match.compareTo(closest) > 0 ? match : closest;
    }
    if (!except) {
      return closest;
    }
    return closest == Match.NONE ? Match.DIRECT : Match.NONE;
  }

  /** Whether it is about everybody, or everybody but some. */
  boolean isEverybody() {
    return except || patterns.stream().anyMatch(PrincipalPattern.Anyone.class::isInstance);
  }
}
