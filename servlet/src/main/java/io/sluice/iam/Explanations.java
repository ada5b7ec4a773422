package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.policy.ConditionContext;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what would be decided, and why, without a request: by the same decision, with the values of
 * condition keys as they are given. Thread-safe.
 */
public final class Explanations {
  private static final String ARN = "arn:aws:s3:::";

  private final AccessDecisions decisions;
  private final BoundedAccess bounds;

  /** Explanations of decisions, and of what bounds them. */
  public Explanations(AccessDecisions decisions, BoundedAccess bounds) {
    this.decisions = decisions;
    this.bounds = bounds;
  }

  /**
   * What would be decided.
   *
   * @param action such as {@code s3:GetObject}
   * @param resource the ARN of a bucket or an object, or {@code *} for the service
   * @param context values of condition keys that depend on the request, by name
   * @throws S3Exception InvalidArgument for an action that nothing needs, or a resource that it is
   *     not about; NoSuchBucket
   */
  public Decision explain(
      Identity identity, String action, String resource, Map<String, List<String>> context)
      throws IOException {
    Map<String, List<String>> given = new TreeMap<>();
    context.forEach((key, values) -> given.put(key(key), List.copyOf(values)));
    S3Target target = target(resource);
    S3Operation operation = operation(action, target);
    String versionId =
        given.getOrDefault("s3:versionid", List.of()).stream().findFirst().orElse(null);
    Need need = new Need(action, operation, target, versionId);
    Decision decision = decisions.decide(identity, need, keys -> overlay(keys, given));
    return decision.isAllowed() && !bounds.allows(target, operation, false)
        ? Decision.denied("the bucket's property access does not allow it")
        : decision;
  }

  private static ConditionContext overlay(PrincipalKeys keys, Map<String, List<String>> given) {
    return key -> {
      List<String> values = given.get(key);
      return values == null ? keys.values(key) : values;
    };
  }

  /** A key as decisions ask for it: only what follows a slash keeps its letter case. */
  private static String key(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? text.toLowerCase(Locale.ROOT)
        : text.substring(0, slash).toLowerCase(Locale.ROOT) + text.substring(slash);
  }

  private static S3Target target(String resource) {
    if (resource.equals("*") || resource.equals(ARN + "*")) {
      return new S3Target.ServiceTarget();
    }
    if (!resource.startsWith(ARN)) {
      throw invalid("resource", resource);
    }
    String path = resource.substring(ARN.length());
    int slash = path.indexOf('/');
    return slash < 0
        ? new S3Target.BucketTarget(new BucketName(path))
        : new S3Target.ObjectTarget(
            new BucketName(path.substring(0, slash)), new ObjectKey(path.substring(slash + 1)));
  }

  private static S3Operation operation(String action, S3Target target) {
    // What bypasses a retention, removes.
    String needed = action.equals("s3:BypassGovernanceRetention") ? "s3:DeleteObject" : action;
    List<S3Operation> able =
        Arrays.stream(S3Operation.values())
            .filter(
                operation ->
                    operation.action().equals(needed) || operation.versionAction().equals(needed))
            .toList();
    if (able.isEmpty()) {
      throw invalid("action", action);
    }
    return able.stream()
        .filter(operation -> operation.route().target() == target.kind())
        .min((a, b) -> Boolean.compare(isNamed(b, needed), isNamed(a, needed)))
        .orElseThrow(
            () -> invalid("resource", "of another kind than what " + action + " is about"));
  }

  private static boolean isNamed(S3Operation operation, String action) {
    return action.equals("s3:" + operation.wireName());
  }

  private static S3Exception invalid(String name, String value) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("There is no such " + name + ".")
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }
}
