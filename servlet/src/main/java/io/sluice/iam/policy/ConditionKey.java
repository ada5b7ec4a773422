package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import com.google.common.base.Splitter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A condition key that has a meaning here. Immutable.
 *
 * @param name the name in lower case; what follows a slash is as it was written
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/list_amazons3.html#amazons3-policy-keys">Keys
 *     of S3</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
 *     keys</a>
 */
public record ConditionKey(String name) {
  private static final Predicate<String> NEW_OBJECTS = Set.of("s3:PutObject")::contains;
  private static final Predicate<String> LISTS =
      Set.of("s3:ListBucket", "s3:ListBucketVersions")::contains;
  private static final Predicate<String> TAGS =
      Set.of("s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectVersionTagging")::contains;
  private static final Predicate<String> GRANTS =
      Set.of(
              "s3:PutObject",
              "s3:PutObjectAcl",
              "s3:PutObjectVersionAcl",
              "s3:CreateBucket",
              "s3:PutBucketAcl")
          ::contains;
  private static final Predicate<String> LOCKS =
      Set.of(
              "s3:PutObject",
              "s3:PutObjectRetention",
              "s3:PutObjectLegalHold",
              "s3:GetObjectRetention",
              "s3:GetObjectLegalHold",
              "s3:BypassGovernanceRetention")
          ::contains;

  /** Keys without a slash, and those with one up to and with it, with the actions they go with. */
  private static final Map<String, Predicate<String>> KEYS = keys();

  private static Map<String, Predicate<String>> keys() {
    Map<String, Predicate<String>> keys = new LinkedHashMap<>();
    put(
        keys,
        action -> true,
        "aws:SourceIp aws:SecureTransport aws:CurrentTime aws:EpochTime aws:username aws:userid"
            + " aws:PrincipalArn aws:PrincipalAccount aws:PrincipalType"
            + " aws:PrincipalIsAWSService");
    put(
        keys,
        ConditionKey::isOfS3,
        "aws:UserAgent aws:Referer aws:ResourceAccount aws:RequestedRegion"
            + " s3:signatureversion s3:signatureAge s3:authType s3:TlsVersion"
            + " s3:x-amz-content-sha256 s3:ResourceAccount");
    put(keys, "sts:AssumeRole"::equals, "sts:ExternalId sts:RoleSessionName");
    put(keys, LISTS, "s3:prefix s3:delimiter s3:max-keys");
    put(
        keys,
        action -> action.contains("ObjectVersion") || action.equals("s3:PutObject"),
        "s3:VersionId");
    put(
        keys,
        GRANTS,
        "s3:x-amz-acl s3:x-amz-grant-full-control s3:x-amz-grant-read s3:x-amz-grant-read-acp"
            + " s3:x-amz-grant-write s3:x-amz-grant-write-acp");
    put(
        keys,
        NEW_OBJECTS,
        "s3:x-amz-copy-source s3:x-amz-metadata-directive s3:x-amz-server-side-encryption"
            + " s3:x-amz-server-side-encryption-aws-kms-key-id"
            + " s3:x-amz-server-side-encryption-customer-algorithm s3:x-amz-storage-class"
            + " s3:x-amz-website-redirect-location s3:if-none-match s3:ObjectCreationOperation");
    put(keys, Set.of("s3:PutObject", "s3:DeleteObject")::contains, "s3:if-match");
    put(
        keys,
        LOCKS,
        "s3:object-lock-mode s3:object-lock-retain-until-date"
            + " s3:object-lock-remaining-retention-days s3:object-lock-legal-hold");
    put(
        keys,
        action -> isOfS3(action) && PolicyActions.scope(action) == PolicyActions.Scope.OBJECT,
        "s3:ExistingObjectTag/");
    put(keys, TAGS, "s3:RequestObjectTag/ s3:RequestObjectTagKeys");
    put(
        keys,
        Set.of("s3:CreateBucket", "s3:PutBucketOwnershipControls")::contains,
        "s3:x-amz-object-ownership");
    put(keys, Set.of("s3:CreateBucket")::contains, "s3:LocationConstraint");
    return Map.copyOf(keys);
  }

  private static boolean isOfS3(String action) {
    return action.startsWith("s3:");
  }

  private static void put(
      Map<String, Predicate<String>> keys, Predicate<String> actions, String names) {
    for (String name : Splitter.on(' ').split(names)) {
      keys.put(name.toLowerCase(Locale.ROOT), actions);
    }
  }

  /**
   * Parses a key, its name in any letter case.
   *
   * @throws io.sluice.error.S3Exception MalformedPolicy for one without a meaning
   */
  static ConditionKey parse(String text) {
    int slash = text.indexOf('/');
    String name = text.substring(0, slash + 1).toLowerCase(Locale.ROOT) + text.substring(slash + 1);
    ConditionKey key = new ConditionKey(slash < 0 ? text.toLowerCase(Locale.ROOT) : name);
    if (!KEYS.containsKey(key.family()) || key.name().endsWith("/")) {
      throw malformed("Policy has an invalid condition key");
    }
    return key;
  }

  /** Whether one of some actions goes with it. */
  boolean goesWith(Collection<String> actions) {
    return actions.stream().anyMatch(Objects.requireNonNull(KEYS.get(family())));
  }

  private String family() {
    return name.substring(0, name.indexOf('/') + 1).isEmpty()
        ? name
        : name.substring(0, name.indexOf('/') + 1);
  }
}
