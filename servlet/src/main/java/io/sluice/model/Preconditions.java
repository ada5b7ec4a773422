package io.sluice.model;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request as a value; null where a header is absent. A list of tags that holds
 * {@code *} matches any existing object. Dates compare in whole seconds. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110, 13.2.2</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">Conditional
 *     requests</a>
 */
public record Preconditions(
    @Nullable List<ETag> ifMatch,
    @Nullable List<ETag> ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince,
    @Nullable Instant ifMatchLastModified,
    @Nullable Long ifMatchSizeBytes) {
  /** No condition at all. */
  public static final Preconditions NONE = new Preconditions(null, null, null, null, null, null);

  /** The tag that stands for any object. */
  public static final ETag ANY = new ETag("*");

  /** What a read does. */
  public enum Outcome {
    PROCEED,
    NOT_MODIFIED,
    FAILED
  }

  /** Whether nothing is asked. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Evaluates against an existing object for GET and HEAD, in the order of RFC 9110, 13.2.2. */
  public Outcome evaluateRead(ObjectInfo info) {
    Instant modified = info.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch != null) {
      if (!matches(ifMatch, info)) {
        return Outcome.FAILED;
      }
    } else if (ifUnmodifiedSince != null && modified.isAfter(ifUnmodifiedSince)) {
      return Outcome.FAILED;
    }
    if (ifNoneMatch != null) {
      return matches(ifNoneMatch, info) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }
    return ifModifiedSince != null && !modified.isAfter(ifModifiedSince)
        ? Outcome.NOT_MODIFIED
        : Outcome.PROCEED;
  }

  /**
   * Checks a write or delete against what the key holds now; called under the key's lock, at
   * commit.
   *
   * @param current the current version, or null when there is none or it is a delete marker
   * @throws S3Exception PreconditionFailed; NoSuchKey for {@code If-Match} on a missing key
   */
  public void checkWrite(@Nullable ObjectInfo current) {
    if (ifNoneMatch != null && current != null && matches(ifNoneMatch, current)) {
      throw failed("If-None-Match");
    }
    if (current != null) {
      checkDates(current);
    }
    if (ifMatch == null && ifMatchLastModified == null && ifMatchSizeBytes == null) {
      return;
    }
    if (current == null) {
      throw S3ErrorCode.NO_SUCH_KEY.exception();
    }
    if (ifMatch != null && !matches(ifMatch, current)) {
      throw failed("If-Match");
    }
    if (ifMatchLastModified != null
        && !current.modifiedAt().truncatedTo(ChronoUnit.SECONDS).equals(ifMatchLastModified)) {
      throw failed("x-amz-if-match-last-modified-time");
    }
    if (ifMatchSizeBytes != null && current.sizeBytes() != ifMatchSizeBytes) {
      throw failed("x-amz-if-match-size");
    }
  }

  private void checkDates(ObjectInfo current) {
    Instant modified = current.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    if (ifUnmodifiedSince != null && modified.isAfter(ifUnmodifiedSince)) {
      throw failed("If-Unmodified-Since");
    }
    if (ifModifiedSince != null && !modified.isAfter(ifModifiedSince)) {
      throw failed("If-Modified-Since");
    }
  }

  /** The error of a condition that did not hold. */
  public static S3Exception failed(String condition) {
    return S3ErrorCode.PRECONDITION_FAILED.exception().with("Condition", condition);
  }

  private static boolean matches(List<ETag> tags, ObjectInfo info) {
    return tags.contains(ANY) || tags.contains(info.etag());
  }
}
