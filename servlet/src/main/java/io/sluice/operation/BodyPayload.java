package io.sluice.operation;

import io.sluice.auth.VerifiedBody;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ETag;
import io.sluice.protocol.S3Request;
import io.sluice.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** A request's body as what a store reads. Confined to one request. */
public final class BodyPayload implements Payload {
  /**
   * AWS: the largest object of a single PUT, and the largest part.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Multipart
   *     upload limits</a>
   */
  public static final long MAX_BYTES = 5L << 30;

  private final VerifiedBody body;
  private final InputStream stream;
  private final BucketProperties properties;

  private BodyPayload(VerifiedBody body, InputStream stream, BucketProperties properties) {
    this.body = body;
    this.stream = stream;
    this.properties = properties;
  }

  /**
   * Opens the body of an upload. The file of a form tells its length only at its end, and is read
   * up to the limit.
   *
   * @param properties of the bucket that it goes to: they say what is computed of it
   * @throws io.sluice.error.S3Exception MissingContentLength, EntityTooLarge
   */
  public static BodyPayload open(S3Request request, BucketProperties properties)
      throws IOException {
    VerifiedBody body = request.body();
    if (body.lengthBytes().isEmpty() && !body.isFormFile()) {
      throw S3ErrorCode.MISSING_CONTENT_LENGTH.exception();
    }
    if (body.lengthBytes().orElse(0) > MAX_BYTES) {
      throw S3ErrorCode.ENTITY_TOO_LARGE
          .exception()
          .with("ProposedSize", body.lengthBytes().orElse(0))
          .with("MaxSizeAllowed", MAX_BYTES);
    }
    return new BodyPayload(body, body.stream(properties.digests()), properties);
  }

  @Override
  public InputStream stream() {
    return stream;
  }

  @Override
  public OptionalLong lengthBytes() {
    return body.lengthBytes();
  }

  @Override
  public ETag etag() {
    return properties.etagOf(body);
  }

  @Override
  public List<Checksum> checksums() {
    return body.checksums();
  }
}
