package io.sluice.operation.annotation;

import io.sluice.model.ETag;
import io.sluice.model.Preconditions;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.S3Request;
import io.sluice.storage.VersionGuard;
import java.util.List;

/** {@code x-amz-object-if-match}: the entity tag of the object that is annotated. Stateless. */
final class ObjectCondition {
  private static final String HEADER = "x-amz-object-if-match";

  private ObjectCondition() {}

  /** Lets only a version pass that has the tag in a request, or any when there is none. */
  static VersionGuard of(S3Request request) {
    List<ETag> tags = ConditionHeaders.tags(request.headers(), HEADER);
    if (tags == null) {
      return VersionGuard.NONE;
    }
    return (version, documents) -> {
      if (!tags.contains(Preconditions.ANY) && !tags.contains(version.etag())) {
        throw Preconditions.failed(HEADER);
      }
    };
  }
}
