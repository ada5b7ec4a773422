package io.sluice.storage.attached;

import io.sluice.model.BucketName;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.forward.SignedRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * Signed requests about a bucket that has another name where it lives. Thread-safe.
 *
 * @param there where they go
 * @param bucket the bucket's name there
 */
record ForwardingElsewhere(SignedForwarding there, BucketName bucket) implements SignedForwarding {
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
    return there.send(request.in(bucket));
  }

  @Override
  public Optional<ForwardedAnswer> read(SignedRequest request) throws IOException {
    return there.read(request.in(bucket));
  }
}
