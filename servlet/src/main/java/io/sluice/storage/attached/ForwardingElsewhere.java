package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.forward.SignedRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Signed requests about a bucket that has another name where it lives. Thread-safe.
 *
 * @param there where they go
 * @param bucket the bucket's name there
 * @param prefix what the keys there have in front
 */
record ForwardingElsewhere(SignedForwarding there, BucketName bucket, KeyPrefix prefix)
    implements SignedForwarding {
  @Override
  public String region() {
    return there.region();
  }

  @Override
  public boolean expects(String accessKeyId) {
    return there.expects(accessKeyId);
  }

  @Override
  public ForwardedAnswer send(SignedRequest request) throws IOException {
    return there.send(there(request));
  }

  @Override
  public Optional<ForwardedAnswer> read(SignedRequest request) throws IOException {
    return there.read(there(request));
  }

  /** Whoever signs about a bucket as a whole signs about more than what is here of it. */
  private SignedRequest there(SignedRequest request) {
    if (prefix.isNone()) {
      return request.in(bucket);
    }
    ObjectKey key = request.key();
    if (key == null) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception(
          "A bucket that stands for a part of another takes signed requests about objects alone.");
    }
    ObjectKey made = request.effect().made();
    Set<ObjectKey> changed =
        request.effect().changed().stream().map(prefix::there).collect(Collectors.toSet());
    return request
        .in(bucket)
        .about(
            prefix.there(key),
            new SignedRequest.Effect(changed, made == null ? null : prefix.there(made)));
  }
}
