package io.sluice.iam.acl;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.AclDecision.PublicGrants;
import io.sluice.model.ObjectRef;
import io.sluice.model.Versioning;
import io.sluice.operation.Authorizer;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.Storage;
import java.io.IOException;

/**
 * Lets administrators do everything, accounts what they like in their own buckets, and everybody
 * what ACLs permit. Thread-safe.
 */
public final class AclAuthorizer implements Authorizer {
  private final Storage storage;
  private final AclDecisions decisions;

  /** An authorizer over a store. */
  public AclAuthorizer(Storage storage) {
    this.storage = storage;
    this.decisions = new AclDecisions(storage.buckets(), storage.objects());
  }

  @Override
  public void authorize(
      Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException {
    if (identity.role() == Identity.Role.ADMIN) {
      return;
    }
    String copySource = request.headers().get(CopySource.HEADER);
    boolean allowed =
        mayDo(identity, operation, target, request)
            && (copySource == null || mayRead(identity, CopySource.parse(copySource)));
    if (!allowed) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
  }

  private boolean mayRead(Identity identity, ObjectRef source) throws IOException {
    return decisions.allows(
        identity,
        S3Operation.GET_OBJECT,
        new S3Target.ObjectTarget(source.bucket(), source.key()),
        source.versionId(),
        PublicGrants.COUNTED);
  }

  private boolean mayDo(
      Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException {
    if (operation == S3Operation.CREATE_BUCKET || target instanceof S3Target.ServiceTarget) {
      return !identity.isAnonymous();
    }
    boolean named = target instanceof S3Target.ObjectTarget && target.equals(request.target());
    String versionId = named ? request.object().versionId() : null;
    return decisions.allows(identity, operation, target, versionId, PublicGrants.COUNTED)
        && mayDeleteVersions(identity, operation, target);
  }

  /** A batch may name versions, which the bucket's owner alone may delete. */
  private boolean mayDeleteVersions(Identity identity, S3Operation operation, S3Target target)
      throws IOException {
    return operation != S3Operation.DELETE_OBJECTS
        || !(target instanceof S3Target.BucketTarget bucket)
        || storage.buckets().head(bucket.bucket()).versioning() == Versioning.UNVERSIONED
        || decisions.allows(
            identity, S3Operation.DELETE_BUCKET, target, null, PublicGrants.IGNORED);
  }
}
