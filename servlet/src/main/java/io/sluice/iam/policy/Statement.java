package io.sluice.iam.policy;

import io.sluice.iam.policy.PrincipalPattern.Match;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy. Immutable.
 *
 * @param sid its id, or its place such as {@code #1}
 * @param effect whether it allows or denies
 * @param principals whom it is about; null where that is the one who has the policy
 * @param actions what is done
 * @param resources to what
 * @param conditions all of which must hold
 */
record Statement(
    String sid,
    Effect effect,
    @Nullable PrincipalElement principals,
    ActionElement actions,
    ResourceElement resources,
    List<Condition> conditions) {
  /** Whether a statement allows or denies. */
  enum Effect {
    ALLOW,
    DENY
  }

  Statement {
    conditions = List.copyOf(conditions);
  }

  /** Whether, and how closely, it is about a request. */
  Match match(PolicyRequest request) throws IOException {
    Match match = principals == null ? Match.DIRECT : principals.match(request.requester());
    if (match == Match.NONE
        || !actions.matches(request.action())
        || !resources.matches(request.resource(), request.context())) {
      return Match.NONE;
    }
    for (Condition condition : conditions) {
      if (!condition.holds(request.context(), effect)) {
        return Match.NONE;
      }
    }
    return match;
  }

  /** Whether it is about somebody, an action and a resource that it names without variables. */
  boolean isAbout(Requester requester, String action, String resource) {
    return principals != null
        && principals.match(requester) != Match.NONE
        && actions.matches(action)
        && resources.matchesFixed(resource);
  }

  /** Whether it lets the public in. */
  boolean isPublic() {
    return effect == Effect.ALLOW
        && principals != null
        && principals.isEverybody()
        && conditions.stream().noneMatch(Condition::binds);
  }
}
