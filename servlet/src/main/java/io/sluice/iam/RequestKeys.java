package io.sluice.iam;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.policy.ConditionContext;
import io.sluice.iam.policy.Requester;
import io.sluice.model.AccountId;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of a request for the condition keys of policies. Confined to one request. */
final class RequestKeys implements ConditionContext {
  private static final String EXISTING_TAG = "s3:existingobjecttag/";
  private static final String REQUEST_TAG = "s3:requestobjecttag/";

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
  private final S3Request request;
  private final RequestDocument document;

  /**
   * Keys of one question.
   *
   * @param ownerId canonical id of the bucket's owner, or null when there is no bucket
   */
  RequestKeys(
      Surroundings surroundings,
      Requester requester,
      Need need,
      @Nullable String ownerId,
      S3Request request) {
    this.surroundings = surroundings;
    this.requester = requester;
    this.need = need;
    this.ownerId = ownerId;
    this.request = request;
    this.document = new RequestDocument(need.operation(), request);
  }

  @Override
  public List<String> values(String key) throws IOException {
    if (key.startsWith(EXISTING_TAG)) {
      return tag(existingTags(), key.substring(EXISTING_TAG.length()));
    }
    if (key.startsWith(REQUEST_TAG)) {
      return tag(document.tags(), key.substring(REQUEST_TAG.length()));
    }
    if (key.equals("s3:requestobjecttagkeys")) {
      return document.tags().stream().flatMap(tag -> Stream.ofNullable(tag.key())).toList();
    }
    String value = key.startsWith("aws:") ? global(key) : ofS3(key.substring(key.indexOf(':') + 1));
    return value == null ? List.of() : List.of(value);
  }

  private @Nullable String global(String key) {
    Instant now = surroundings.clock().instant();
    return switch (key) {
      case "aws:sourceip" -> address();
      case "aws:securetransport" -> Boolean.toString(request.origin().secure());
      case "aws:currenttime" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
      case "aws:epochtime" -> Long.toString(now.getEpochSecond());
      case "aws:useragent" -> header("User-Agent");
      case "aws:referer" -> header("Referer");
      case "aws:username" -> requester.userName();
      case "aws:userid" -> ofRequester(Requester::userId);
      case "aws:principalarn" -> ofRequester(Requester::arn);
      case "aws:principalaccount" -> ofRequester(Requester::accountId);
      case "aws:principaltype" -> requester.kind().wireName();
      case "aws:principalisawsservice" ->
          Boolean.toString(requester.kind() == Requester.Kind.SERVICE);
      case "aws:resourceaccount" -> ownerId == null ? null : AccountId.of(ownerId);
      case "aws:requestedregion" -> surroundings.region();
      default -> null;
    };
  }

  private @Nullable String ofRequester(Function<Requester, String> property) {
    return requester.hasAccount() ? property.apply(requester) : null;
  }

  /** Without the brackets and the zone that containers give to addresses of IPv6. */
  private String address() {
    String address = request.origin().remoteAddress();
    String bare =
        address.startsWith("[") && address.endsWith("]")
            ? address.substring(1, address.length() - 1)
            : address;
    int zone = bare.indexOf('%');
    return zone < 0 ? bare : bare.substring(0, zone);
  }

  private @Nullable String ofS3(String key) throws IOException {
    return switch (key) {
      case "prefix", "delimiter", "max-keys" -> isList() ? request.query().get(key) : null;
      case "versionid" -> need.versionId();
      case "x-amz-copy-source" -> copySource();
      case "if-match", "if-none-match", "x-amz-content-sha256" -> header(key);
      case "objectcreationoperation" -> Boolean.toString(createsObject());
      case "signatureversion", "signatureage", "authtype" -> signature(key);
      case "tlsversion" -> request.origin().tlsVersion();
      case "resourceaccount" -> ownerId == null ? null : AccountId.of(ownerId);
      case "object-lock-mode" -> document.lockMode();
      case "object-lock-retain-until-date" -> document.retainUntil();
      case "object-lock-remaining-retention-days" -> remainingDays();
      case "object-lock-legal-hold" -> document.legalHold();
      case "locationconstraint" -> document.locationConstraint();
      default -> key.startsWith("x-amz-") ? header(key) : null;
    };
  }

  private @Nullable String header(String name) {
    return request.headers().joinedUtf8(name);
  }

  private boolean isList() {
    return switch (need.operation()) {
      case LIST_OBJECTS, LIST_OBJECTS_V2, LIST_OBJECT_VERSIONS -> true;
      default -> false;
    };
  }

  private boolean createsObject() {
    return switch (need.operation()) {
      case PUT_OBJECT, POST_OBJECT, COPY_OBJECT, COMPLETE_MULTIPART_UPLOAD -> true;
      default -> false;
    };
  }

  private @Nullable String copySource() {
    String header = request.headers().get(CopySource.HEADER);
    if (header == null || need.operation() == S3Operation.GET_OBJECT) {
      return null;
    }
    ObjectRef source = CopySource.parse(header);
    return source.bucket() + "/" + source.key().value();
  }

  private @Nullable String signature(String key) {
    return RequestSignature.of(request)
        .map(
            signature ->
                switch (key) {
                  case "signatureversion" -> signature.version();
                  case "authtype" -> signature.form();
                  default -> signature.ageMillis(surroundings.clock().instant());
                })
        .orElse(null);
  }

  private @Nullable String remainingDays() throws IOException {
    String until = document.retainUntil();
    Optional<Instant> date = until == null ? Optional.empty() : HttpDate.parse(until);
    return date.map(
            end -> Long.toString(ChronoUnit.DAYS.between(surroundings.clock().instant(), end)))
        .orElse(null);
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

  private static List<String> tag(List<ObjectTagging.Tag> tags, String key) {
    return tags.stream()
        .filter(tag -> key.equals(tag.key()))
        .map(tag -> tag.value() == null ? "" : tag.value())
        .limit(1)
        .toList();
  }
}
