package io.sluice.iam;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.policy.ConditionContext;
import io.sluice.iam.policy.Requester;
import io.sluice.model.AccountId;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ObjectTagging;
import io.sluice.protocol.S3Target;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of condition keys that depend on who asks and about what, and on no request. Confined
 * to one question.
 */
final class PrincipalKeys implements ConditionContext {
  private static final String EXISTING_TAG = "s3:existingobjecttag/";

  /**
   * What does not change between requests.
   *
   * @param objects for the tags of objects
   * @param region of the gateway
   * @param clock for the time
   */
  record Surroundings(ObjectStore objects, String region, Clock clock) {}

  private final Surroundings surroundings;
  private final Requester requester;
  private final Need need;
  private final @Nullable String ownerId;

  /**
   * Keys of one question.
   *
   * @param ownerId canonical id of the bucket's owner, or null when there is no bucket
   */
  PrincipalKeys(
      Surroundings surroundings, Requester requester, Need need, @Nullable String ownerId) {
    this.surroundings = surroundings;
    this.requester = requester;
    this.need = need;
    this.ownerId = ownerId;
  }

  Need need() {
    return need;
  }

  Clock clock() {
    return surroundings.clock();
  }

  @Override
  public List<String> values(String key) throws IOException {
    if (key.startsWith(EXISTING_TAG)) {
      return tag(existingTags(), key.substring(EXISTING_TAG.length()));
    }
    Instant now = surroundings.clock().instant();
    String value =
        switch (key) {
          case "aws:currenttime" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
          case "aws:epochtime" -> Long.toString(now.getEpochSecond());
          case "aws:username" -> requester.userName();
          case "aws:userid" -> ofRequester(Requester::userId);
          case "aws:principalarn" -> ofRequester(PrincipalKeys::principalArn);
          case "aws:principalaccount" -> ofRequester(Requester::accountId);
          case "aws:principaltype" -> requester.kind().wireName();
          case "aws:principalisawsservice" ->
              Boolean.toString(requester.kind() == Requester.Kind.SERVICE);
          case "aws:resourceaccount", "s3:resourceaccount" ->
              ownerId == null ? null : AccountId.of(ownerId);
          case "aws:requestedregion" -> surroundings.region();
          case "s3:versionid" -> need.versionId();
          default -> null;
        };
    return value == null ? List.of() : List.of(value);
  }

  private @Nullable String ofRequester(Function<Requester, String> property) {
    return requester.hasAccount() ? property.apply(requester) : null;
  }

  /** As on AWS, a session of a role is that role. */
  private static String principalArn(Requester requester) {
    String role = requester.roleArn();
    return role == null ? requester.arn() : role;
  }

  private List<ObjectTagging.Tag> existingTags() throws IOException {
    if (!(need.target() instanceof S3Target.ObjectTarget object)) {
      return List.of();
    }
    try {
      ObjectRef version = new ObjectRef(object.bucket(), object.key(), need.versionId());
      return surroundings
          .objects()
          .document(version, ObjectTagging.DOCUMENT)
          .map(bytes -> ObjectTagging.parse(bytes).tags())
          .orElse(List.of());
    } catch (S3Exception e) {
      // What is not there has no tags; whoever may go on is told what is missing.
      if (e.code() == S3ErrorCode.NO_SUCH_KEY
          || e.code() == S3ErrorCode.NO_SUCH_VERSION
          || e.code() == S3ErrorCode.METHOD_NOT_ALLOWED) {
        return List.of();
      }
      throw e;
    }
  }

  /** The value of one of some tags. */
  static List<String> tag(List<ObjectTagging.Tag> tags, String key) {
    return tags.stream()
        .filter(tag -> key.equals(tag.key()))
        .map(tag -> tag.value() == null ? "" : tag.value())
        .limit(1)
        .toList();
  }
}
