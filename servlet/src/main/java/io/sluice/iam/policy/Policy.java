package io.sluice.iam.policy;

import io.sluice.error.S3Exception;
import io.sluice.iam.policy.PrincipalPattern.Match;
import io.sluice.model.BucketName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A policy, compiled. Immutable.
 *
 * @param statements the statements; at least one
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar</a>
 */
public record Policy(List<Statement> statements) {
  /** AWS: the most bytes of a bucket policy. */
  public static final int MAX_BYTES = 20 * 1024;

  /** Copies the list. */
  public Policy {
    statements = List.copyOf(statements);
  }

  /**
   * Parses the policy of a bucket.
   *
   * @param bucket name of the bucket, which all of its resources must be in
   * @throws S3Exception MalformedPolicy
   */
  public static Policy ofBucket(byte[] document, String bucket) {
    return new PolicyParser(bucket).parse(document);
  }

  /**
   * Parses a policy of a user, group, role or session: it names no principal.
   *
   * @throws S3Exception MalformedPolicy
   */
  public static Policy ofIdentity(byte[] document) {
    return new PolicyParser(null).parse(document);
  }

  /**
   * Parses the policy that says who may take a role on: it names no resource.
   *
   * @throws S3Exception MalformedPolicy
   */
  public static Policy ofRole(byte[] document) {
    return PolicyParser.ofRole().parse(document);
  }

  /** Whom the policy names, once for each time. */
  public Stream<PrincipalPattern> principals() {
    return statements.stream()
        .map(Statement::principals)
        .flatMap(element -> element == null ? Stream.empty() : element.patterns().stream());
  }

  /**
   * Whether it lets the public in: it allows something to everybody, bound to no fixed account,
   * network or resource.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status">The
   *     meaning of public</a>
   */
  public boolean isPublic() {
    return statements.stream().anyMatch(Statement::isPublic);
  }

  /** Whether it denies somebody an action on its bucket whatever else is asked: unconditionally. */
  public boolean denies(Requester requester, String action, BucketName bucket) {
    String arn = PolicyRequest.bucketArn(bucket.value());
    return statements.stream()
        .filter(statement -> statement.effect() == Statement.Effect.DENY)
        .filter(statement -> statement.conditions().isEmpty())
        .anyMatch(statement -> statement.isAbout(requester, action, arn));
  }

  /** The first statement that denies a request; empty when none does. */
  Optional<Statement> denying(PolicyRequest request) throws IOException {
    for (Statement statement : statements) {
      if (statement.effect() == Statement.Effect.DENY && statement.match(request) != Match.NONE) {
        return Optional.of(statement);
      }
    }
    return Optional.empty();
  }

  /** The statement that allows a request, one that does so directly first; null for none. */
  @Nullable Allowance allowing(PolicyRequest request) throws IOException {
    Allowance allowance = null;
    for (Statement statement : statements) {
      if (statement.effect() == Statement.Effect.ALLOW) {
        Match match = statement.match(request);
        if (match == Match.DIRECT) {
          return new Allowance(statement, match);
        }
        if (match == Match.ACCOUNT && allowance == null) {
          allowance = new Allowance(statement, match);
        }
      }
    }
    return allowance;
  }

  /** A statement that allows, and to whom. */
  record Allowance(Statement statement, Match match) {}
}
