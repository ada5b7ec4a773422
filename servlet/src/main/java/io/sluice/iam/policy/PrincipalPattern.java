package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a statement is about. Immutable. */
public sealed interface PrincipalPattern {
  /** Everybody, the anonymous too. */
  record Anyone() implements PrincipalPattern {}

  /** An account: its root directly, its users if their own policies let them. */
  record Account(String accountId) implements PrincipalPattern {}

  /** An account by its canonical id. */
  record CanonicalUser(String canonicalId) implements PrincipalPattern {}

  /** A user, a role, or a session of a role. */
  record Arn(String arn, String accountId) implements PrincipalPattern {}

  /** A part of the gateway that acts by itself. */
  record Service(String name) implements PrincipalPattern {}

  /** How closely a principal matches. */
  enum Match {
    NONE,
    /** Its account does: what is granted is the account's to pass on. */
    ACCOUNT,
    /** It is meant itself. */
    DIRECT
  }

  /** The service that writes access logs. */
  String LOG_DELIVERY = "logging.s3.amazonaws.com";

  /** {@code 123456789012} or the ARN of a root, user, role or session; no wildcards, as on AWS. */
  Pattern ACCOUNT_OR_ARN =
      Pattern.compile(
          "(?<id>\\d{12})"
              + "|arn:aws:iam::(?<root>\\d{12}):root"
              + "|arn:aws:iam::(?<owner>\\d{12}):(?:user|role)/[\\w+=,.@/-]{1,576}"
              + "|arn:aws:sts::(?<session>\\d{12}):(?:assumed-role|federated-user)/[\\w+=,.@/-]+");

  /** 64 hex digits. */
  Pattern CANONICAL_ID = Pattern.compile("[0-9a-f]{64}");

  /**
   * Parses a principal.
   *
   * @param kind {@code AWS}, {@code CanonicalUser} or {@code Service}
   * @throws io.sluice.error.S3Exception MalformedPolicy
   */
  static PrincipalPattern parse(String kind, String value) {
    switch (kind) {
      case "AWS" -> {
        if (value.equals("*")) {
          return new Anyone();
        }
        Matcher matcher = ACCOUNT_OR_ARN.matcher(value);
        if (matcher.matches()) {
          if (matcher.group("id") != null) {
            return new Account(matcher.group("id"));
          }
          if (matcher.group("root") != null) {
            return new Account(matcher.group("root"));
          }
          return new Arn(value, value.split(":", 6)[4]);
        }
      }
      case "CanonicalUser" -> {
        if (CANONICAL_ID.matcher(value).matches()) {
          return new CanonicalUser(value);
        }
      }
      case "Service" -> {
        if (value.equals(LOG_DELIVERY)) {
          return new Service(value);
        }
      }
      default -> {}
    }
    throw malformed("Invalid principal in policy");
  }

  /** How closely somebody matches. */
  default Match match(Requester requester) {
    if (this instanceof Anyone) {
      return Match.DIRECT;
    }
    if (this instanceof Service service) {
      return requester.kind() == Requester.Kind.SERVICE && requester.arn().equals(service.name())
          ? Match.DIRECT
          : Match.NONE;
    }
    boolean matches;
    if (this instanceof Arn arn) {
      matches = arn.arn().equals(requester.arn()) || arn.arn().equals(requester.roleArn());
      return matches ? Match.DIRECT : Match.NONE;
    }
    if (this instanceof Account account) {
      matches = account.accountId().equals(requester.accountId());
    } else {
      matches = ((CanonicalUser) this).canonicalId().equals(requester.canonicalId());
    }
    if (!matches || !requester.hasAccount()) {
      return Match.NONE;
    }
    return requester.kind() == Requester.Kind.ACCOUNT ? Match.DIRECT : Match.ACCOUNT;
  }
}
