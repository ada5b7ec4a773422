package io.sluice.iam;

import io.sluice.iam.policy.ConditionContext;
import io.sluice.model.ObjectRef;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Request;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of a request for the condition keys of policies. Confined to one request. */
final class RequestKeys implements ConditionContext {
  private static final String REQUEST_TAG = "s3:requestobjecttag/";

  private final PrincipalKeys others;
  private final Need need;
  private final S3Request request;
  private final RequestDocument document;

  /** Keys of one question, and those that depend on no request. */
  RequestKeys(PrincipalKeys others, S3Request request) {
    this.others = others;
    this.need = others.need();
    this.request = request;
    this.document = new RequestDocument(need.operation(), request);
  }

  @Override
  public List<String> values(String key) throws IOException {
    if (key.startsWith(REQUEST_TAG)) {
      return PrincipalKeys.tag(document.tags(), key.substring(REQUEST_TAG.length()));
    }
    if (key.equals("s3:requestobjecttagkeys")) {
      return document.tags().stream().flatMap(tag -> Stream.ofNullable(tag.key())).toList();
    }
    String value = key.startsWith("aws:") ? global(key) : ofS3(key.substring(key.indexOf(':') + 1));
    return value == null ? others.values(key) : List.of(value);
  }

  private @Nullable String global(String key) {
    return switch (key) {
      case "aws:sourceip" -> request.origin().bareAddress();
      case "aws:securetransport" -> Boolean.toString(request.origin().secure());
      case "aws:useragent" -> header("User-Agent");
      case "aws:referer" -> header("Referer");
      default -> null;
    };
  }

  private @Nullable String ofS3(String key) throws IOException {
    return switch (key) {
      case "prefix", "delimiter", "max-keys" -> isList() ? request.query().get(key) : null;
      case "x-amz-copy-source" -> copySource();
      case "if-match", "if-none-match", "x-amz-content-sha256" -> header(key);
      case "objectcreationoperation" -> Boolean.toString(createsObject());
      case "signatureversion", "signatureage", "authtype" -> signature(key);
      case "tlsversion" -> request.origin().tlsVersion();
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
                  default -> signature.ageMillis(others.clock().instant());
                })
        .orElse(null);
  }

  private @Nullable String remainingDays() throws IOException {
    String until = document.retainUntil();
    Optional<Instant> date = until == null ? Optional.empty() : HttpDate.parse(until);
    return date.map(end -> Long.toString(ChronoUnit.DAYS.between(others.clock().instant(), end)))
        .orElse(null);
  }
}
