package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import java.util.Arrays;
import java.util.Optional;

/**
 * An operator of conditions with its quantifier. Immutable.
 *
 * @param test what is compared and how
 * @param quantifier how several values of a request count
 * @param ifExists whether it holds for a request without the key
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Operators</a>
 */
record ConditionOperator(Test test, Quantifier quantifier, boolean ifExists) {
  private static final String IF_EXISTS = "IfExists";

  /** How several values of a request count. */
  enum Quantifier {
    NONE(""),
    FOR_ALL_VALUES("ForAllValues:"),
    FOR_ANY_VALUE("ForAnyValue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }
  }

  /** What is compared. */
  enum Type {
    TEXT,
    TEXT_IGNORING_CASE,
    PATTERN,
    NUMBER,
    DATE,
    BOOL,
    BINARY,
    IP,
    ARN,
    NULL
  }

  /** How numbers and dates are ordered; equality for all else. */
  enum Order {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }
  }

  /** The operators without quantifier and {@code IfExists}. */
  enum Test {
    STRING_EQUALS("StringEquals", Type.TEXT),
    STRING_NOT_EQUALS("StringNotEquals", Type.TEXT, true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Type.TEXT_IGNORING_CASE),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Type.TEXT_IGNORING_CASE, true),
    STRING_LIKE("StringLike", Type.PATTERN),
    STRING_NOT_LIKE("StringNotLike", Type.PATTERN, true),
    NUMERIC_EQUALS("NumericEquals", Type.NUMBER),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Type.NUMBER, true),
    NUMERIC_LESS_THAN("NumericLessThan", Type.NUMBER, Order.LESS),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Type.NUMBER, Order.LESS_OR_EQUAL),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Type.NUMBER, Order.GREATER),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Type.NUMBER, Order.GREATER_OR_EQUAL),
    DATE_EQUALS("DateEquals", Type.DATE),
    DATE_NOT_EQUALS("DateNotEquals", Type.DATE, true),
    DATE_LESS_THAN("DateLessThan", Type.DATE, Order.LESS),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Type.DATE, Order.LESS_OR_EQUAL),
    DATE_GREATER_THAN("DateGreaterThan", Type.DATE, Order.GREATER),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Type.DATE, Order.GREATER_OR_EQUAL),
    BOOL("Bool", Type.BOOL),
    BINARY_EQUALS("BinaryEquals", Type.BINARY),
    IP_ADDRESS("IpAddress", Type.IP),
    NOT_IP_ADDRESS("NotIpAddress", Type.IP, true),
    ARN_EQUALS("ArnEquals", Type.ARN),
    ARN_NOT_EQUALS("ArnNotEquals", Type.ARN, true),
    ARN_LIKE("ArnLike", Type.ARN),
    ARN_NOT_LIKE("ArnNotLike", Type.ARN, true),
    NULL("Null", Type.NULL);

    private final String wireName;
    private final Type type;
    private final Order order;
    private final boolean negated;

    Test(String wireName, Type type) {
      this(wireName, type, false);
    }

    Test(String wireName, Type type, boolean negated) {
      this.wireName = wireName;
      this.type = type;
      this.order = Order.EQUAL;
      this.negated = negated;
    }

    Test(String wireName, Type type, Order order) {
      this.wireName = wireName;
      this.type = type;
      this.order = order;
      this.negated = false;
    }

    Type type() {
      return type;
    }

    Order order() {
      return order;
    }

    /** Whether it holds when none of the policy's values matches. */
    boolean negated() {
      return negated;
    }
  }

  /**
   * Parses.
   *
   * @throws io.sluice.error.S3Exception MalformedPolicy
   */
  static ConditionOperator parse(String text) {
    Quantifier quantifier =
        Arrays.stream(Quantifier.values())
            .filter(known -> known != Quantifier.NONE && text.startsWith(known.prefix))
            .findFirst()
            .orElse(Quantifier.NONE);
    String name = text.substring(quantifier.prefix.length());
    boolean ifExists = name.endsWith(IF_EXISTS);
    String base = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
    Optional<Test> test =
        Arrays.stream(Test.values()).filter(known -> known.wireName.equals(base)).findFirst();
    boolean bare = !ifExists && quantifier == Quantifier.NONE;
    if (test.isEmpty() || (test.get() == Test.NULL && !bare)) {
      throw malformed("Invalid Condition type : " + text);
    }
    return new ConditionOperator(test.get(), quantifier, ifExists);
  }
}
