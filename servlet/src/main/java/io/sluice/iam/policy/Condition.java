package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import io.sluice.iam.policy.ConditionOperator.Quantifier;
import io.sluice.iam.policy.ConditionValue.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One key of a statement's {@code Condition}: an operator and values, one of which must match.
 * Immutable.
 */
record Condition(ConditionOperator operator, ConditionKey key, List<ConditionValue> values) {
  /**
   * Keys that say who asks and from where: a policy bound to fixed values of them is not public.
   */
  private static final Set<String> BINDING =
      Set.of(
          "aws:sourceip",
          "aws:userid",
          "aws:principalarn",
          "aws:principalaccount",
          "s3:x-amz-server-side-encryption-aws-kms-key-id");

  Condition {
    values = List.copyOf(values);
  }

  static List<Condition> parse(JsonValue json, boolean variables) {
    if (!(json instanceof JsonValue.Fields operators)) {
      throw malformed("Invalid policy syntax.");
    }
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry : operators.values().entrySet()) {
      ConditionOperator operator = ConditionOperator.parse(entry.getKey());
      if (!(entry.getValue() instanceof JsonValue.Fields keys)) {
        throw malformed("Invalid policy syntax.");
      }
      for (Map.Entry<String, JsonValue> field : keys.values().entrySet()) {
        List<ConditionValue> values = new ArrayList<>();
        for (JsonValue member : field.getValue().members()) {
          values.add(ConditionValue.parse(operator.test(), text(member), variables));
        }
        if (values.isEmpty()) {
          throw malformed("Invalid policy syntax.");
        }
        conditions.add(new Condition(operator, ConditionKey.parse(field.getKey()), values));
      }
    }
    return conditions;
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    if (value instanceof JsonValue.Literal literal) {
      return literal.value();
    }
    throw malformed("Invalid policy syntax.");
  }

  /**
   * Whether it holds.
   *
   * @param effect the statement's: a negation of what is unknown holds where it refuses, and never
   *     where it allows
   */
  boolean holds(ConditionContext context, Statement.Effect effect) throws IOException {
    List<String> given = context.values(key.name());
    if (operator.test() == ConditionOperator.Test.NULL) {
      String absent = Boolean.toString(given.isEmpty());
      return any(absent, context) == Match.YES;
    }
    if (given.isEmpty()) {
      return operator.quantifier() == Quantifier.FOR_ALL_VALUES
          || operator.ifExists()
          || (operator.quantifier() == Quantifier.NONE && operator.test().negated());
    }
    if (operator.quantifier() == Quantifier.NONE && operator.test().negated()) {
      return holdsForAll(given, context, effect);
    }
    return operator.quantifier() == Quantifier.FOR_ALL_VALUES
        ? holdsForAll(given, context, effect)
        : holdsForAny(given, context, effect);
  }

  private boolean holdsForAll(List<String> given, ConditionContext context, Statement.Effect effect)
      throws IOException {
    for (String value : given) {
      if (!holdsFor(value, context, effect)) {
        return false;
      }
    }
    return true;
  }

  private boolean holdsForAny(List<String> given, ConditionContext context, Statement.Effect effect)
      throws IOException {
    for (String value : given) {
      if (holdsFor(value, context, effect)) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsFor(String given, ConditionContext context, Statement.Effect effect)
      throws IOException {
    Match match = any(given, context);
    if (!operator.test().negated()) {
      return match == Match.YES;
    }
    return match == Match.NO || (match == Match.UNKNOWN && effect == Statement.Effect.DENY);
  }

  private Match any(String given, ConditionContext context) throws IOException {
    Match best = Match.NO;
    for (ConditionValue value : values) {
      Match match = value.match(given, context);
      if (match == Match.YES) {
        return match;
      }
      best = match == Match.UNKNOWN ? match : best;
    }
    return best;
  }

  /** Whether it binds a statement to fixed people or places, as AWS's definition of public goes. */
  boolean binds() {
    return BINDING.contains(key.name())
        && !operator.ifExists()
        && operator.quantifier() != Quantifier.FOR_ALL_VALUES
        && !operator.test().negated()
        && operator.test() != ConditionOperator.Test.NULL
        && operator.test().order() == ConditionOperator.Order.EQUAL
        && values.stream().allMatch(ConditionValue::isFixed);
  }
}
