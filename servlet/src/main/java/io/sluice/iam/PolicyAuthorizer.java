package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.operation.Authorizer;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request go on when everything that it needs is allowed: its own actions, those that its
 * headers ask for, and what it does to the source of a copy. Thread-safe.
 */
public final class PolicyAuthorizer implements Authorizer {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyAuthorizer.class);

  private final AccessDecisions decisions;

  /** An authorizer by decisions. */
  public PolicyAuthorizer(AccessDecisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public void authorize(
      Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException {
    List<Need> needs = new ArrayList<>(Needs.of(operation, target, request));
    needs.addAll(Needs.ofCopySource(operation, request.headers()));
    for (Need need : needs) {
      require(identity, need, request);
    }
  }

  private void require(Identity identity, Need need, S3Request request) throws IOException {
    Decision decision = decisions.decide(identity, need, request);
    if (!decision.isAllowed()) {
      LOG.debug(
          "{} on {} is refused to {}: {} ({})",
          need.action(),
          need.arn(),
          identity.displayName(),
          decision.outcome(),
          decision.reason());
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
  }

  /** As on AWS: who may not list a bucket does not learn what is missing in it. */
  @Override
  public S3Exception told(S3Exception error, S3Operation operation, S3Request request)
      throws IOException {
    boolean version = error.code() == S3ErrorCode.NO_SUCH_VERSION;
    if ((error.code() != S3ErrorCode.NO_SUCH_KEY && !version)
        || request.target() instanceof S3Target.ServiceTarget) {
      return error;
    }
    String copySource = request.headers().get(CopySource.HEADER);
    BucketName bucket =
        copySource == null ? request.bucket() : CopySource.parse(copySource).bucket();
    S3Operation list = version ? S3Operation.LIST_OBJECT_VERSIONS : S3Operation.LIST_OBJECTS;
    Need need = new Need(list.action(), list, new S3Target.BucketTarget(bucket), null);
    return decisions.decide(request.identity(), need, request).isAllowed()
        ? error
        : S3ErrorCode.ACCESS_DENIED.exception();
  }
}
