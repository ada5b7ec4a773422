package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.BucketRules;
import io.sluice.model.BucketName;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The policies of buckets, as they were put. Thread-safe. */
final class PolicyAdmin {
  private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};

  private final BucketStore buckets;
  private final JsonMapper json;

  PolicyAdmin(BucketStore buckets, JsonMapper json) {
    this.buckets = buckets;
    this.json = json;
  }

  /** The policy of a bucket. */
  record BucketPolicyView(String bucket, Map<String, Object> policy) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
                "GET",
                "/buckets/{bucket}/policy",
                "The policy of a bucket.",
                null,
                BucketPolicyView.class,
                this::policy)
            .forEverybody());
  }

  private BucketPolicyView policy(AdminRequest request, List<String> parameters)
      throws IOException {
    BucketName bucket = new BucketName(parameters.get(0));
    request.permission().require(S3Operation.GET_BUCKET_POLICY, new S3Target.BucketTarget(bucket));
    byte[] document =
        buckets
            .setting(bucket, BucketRules.POLICY)
            .orElseThrow(S3ErrorCode.NO_SUCH_BUCKET_POLICY::exception);
    return new BucketPolicyView(bucket.value(), json.readValue(document, DOCUMENT));
  }
}
