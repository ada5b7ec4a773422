package io.sluice.storage.forward;

import java.io.IOException;
import java.util.Optional;

/**
 * Where requests about a bucket go that somebody signed for the S3 that the bucket lives in. They
 * are sent with the signature that they have, and with no credentials of this gateway. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html">Presigned
 *     URLs</a>
 */
public interface SignedForwarding {
  /** The region that signatures have to be for. */
  String region();

  /**
   * Whether requests that this key signed in a header are meant for that S3, though nothing else
   * says so.
   */
  boolean expects(String accessKeyId);

  /**
   * Sends a request; the caller closes the answer, whatever its status is.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest for a bucket that cannot be named in the
   *     style; ServiceUnavailable when that S3 cannot be reached
   * @throws IOException when the body cannot be read
   */
  ForwardedAnswer send(SignedRequest request) throws IOException;

  /**
   * Sends a read of a whole, current object, of which a copy may be here.
   *
   * @return the answer, which the caller closes; empty when whoever signed may read the object, and
   *     what is here is what that S3 has
   * @throws io.sluice.error.S3Exception as {@link #send}
   */
  default Optional<ForwardedAnswer> read(SignedRequest request) throws IOException {
    return Optional.of(send(request));
  }
}
