package io.sluice.iam;

import io.sluice.model.ObjectRef;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.RenameSource;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which actions a request needs, as AWS documents them. Stateless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Permissions
 *     of operations</a>
 */
final class Needs {
  private static final String BYPASS = "x-amz-bypass-governance-retention";
  private static final String TAGGING_DIRECTIVE = "x-amz-tagging-directive";

  private Needs() {}

  /** The actions on the target; none for a batch, whose keys are asked about one by one. */
  static List<Need> of(S3Operation operation, S3Target target, S3Request request) {
    if (operation == S3Operation.DELETE_OBJECTS && target instanceof S3Target.BucketTarget) {
      return List.of();
    }
    String versionId =
        target instanceof S3Target.ObjectTarget ? request.query().get("versionId") : null;
    String action = versionId == null ? operation.action() : operation.versionAction();
    Need first = new Need(action, operation, target, versionId);
    List<Need> needs = new ArrayList<>(List.of(first));
    S3Headers headers = request.headers();
    switch (operation) {
      case PUT_OBJECT, COPY_OBJECT, CREATE_MULTIPART_UPLOAD, POST_OBJECT ->
          addOfWrite(needs, first, headers);
      case GET_OBJECT_ATTRIBUTES ->
          needs.add(first.to(versionId == null ? "s3:GetObject" : "s3:GetObjectVersion"));
      case DELETE_OBJECT, DELETE_OBJECTS, PUT_OBJECT_RETENTION -> {
        if (headers.nonBlank(BYPASS).orElse("").toLowerCase(Locale.ROOT).equals("true")) {
          needs.add(first.to("s3:BypassGovernanceRetention"));
        }
      }
      case RENAME_OBJECT -> {
        if (target instanceof S3Target.ObjectTarget object) {
          needs.set(0, new Need("s3:PutObject", S3Operation.PUT_OBJECT, target, null));
          needs.addAll(ofRenameSource(object, headers));
        }
      }
      case CREATE_BUCKET -> addOfNewBucket(needs, first, headers);
      default -> {}
    }
    return needs;
  }

  private static void addOfWrite(List<Need> needs, Need write, S3Headers headers) {
    boolean copiesTags =
        write.operation() == S3Operation.COPY_OBJECT
            && !"REPLACE".equals(headers.get(TAGGING_DIRECTIVE));
    if (headers.nonBlank("x-amz-tagging").isPresent() && !copiesTags) {
      needs.add(write.to("s3:PutObjectTagging"));
    }
    if (hasAcl(headers)) {
      needs.add(write.to("s3:PutObjectAcl"));
    }
    if (headers.has("x-amz-object-lock-mode")
        || headers.has("x-amz-object-lock-retain-until-date")) {
      needs.add(write.to("s3:PutObjectRetention"));
    }
    if (headers.has("x-amz-object-lock-legal-hold")) {
      needs.add(write.to("s3:PutObjectLegalHold"));
    }
  }

  private static void addOfNewBucket(List<Need> needs, Need create, S3Headers headers) {
    if (hasAcl(headers)) {
      needs.add(create.to("s3:PutBucketAcl"));
    }
    if ("true".equalsIgnoreCase(headers.get("x-amz-bucket-object-lock-enabled"))) {
      needs.add(create.to("s3:PutBucketObjectLockConfiguration"));
      needs.add(create.to("s3:PutBucketVersioning"));
    }
    if (headers.has("x-amz-object-ownership")) {
      needs.add(create.to("s3:PutBucketOwnershipControls"));
    }
  }

  private static boolean hasAcl(S3Headers headers) {
    return headers.names().stream()
        .anyMatch(name -> name.equals("x-amz-acl") || name.startsWith("x-amz-grant-"));
  }

  /** The source of a copy; none for what copies nothing. */
  static List<Need> ofCopySource(S3Operation operation, S3Headers headers) {
    if (operation != S3Operation.COPY_OBJECT && operation != S3Operation.UPLOAD_PART_COPY) {
      return List.of();
    }
    ObjectRef source = CopySource.parse(headers.get(CopySource.HEADER));
    return List.of(
        new Need(
            source.versionId() == null ? "s3:GetObject" : "s3:GetObjectVersion",
            S3Operation.GET_OBJECT,
            new S3Target.ObjectTarget(source.bucket(), source.key()),
            source.versionId()));
  }

  /** A rename reads and removes under one key what it writes under another. */
  private static List<Need> ofRenameSource(S3Target.ObjectTarget target, S3Headers headers) {
    S3Target source =
        new S3Target.ObjectTarget(
            target.bucket(), RenameSource.parse(target.bucket(), headers).key());
    return List.of(
        new Need("s3:GetObject", S3Operation.GET_OBJECT, source, null),
        new Need("s3:DeleteObject", S3Operation.DELETE_OBJECT, source, null));
  }
}
