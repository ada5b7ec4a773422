package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.ReadOptions;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** Copies objects at the remote; no byte comes here. Thread-safe. */
final class RemoteCopies {
  private static final Set<String> COPYABLE = Set.of("tagging", "annotations");

  private final RemoteEndpoint endpoint;

  RemoteCopies(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options) {
    RequestHeaders headers =
        new RequestHeaders()
            .read("x-amz-copy-source-", options.sourceConditions())
            .write(options.targetConditions())
            .documents(options.documents());
    ObjectMetadata metadata = options.metadata();
    // With the directive COPY these two are the request's all the same.
    headers.metadata(metadata == null ? new ObjectMetadata(options.own(), Map.of()) : metadata);
    boolean tags = options.copiedDocuments().contains("tagging");
    // A list of annotations is named for every source, and one here has none that could be lost.
    if (!COPYABLE.containsAll(options.copiedDocuments())) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception(
          "The provider of this bucket copies no documents but tags.");
    }
    ChecksumAlgorithm algorithm = options.checksumAlgorithm();
    CopyObjectRequest request =
        CopyObjectRequest.builder()
            .sourceBucket(source.bucket().value())
            .sourceKey(source.key().value())
            .sourceVersionId(source.versionId())
            .destinationBucket(target.bucket().value())
            .destinationKey(target.key().value())
            .metadataDirective(
                metadata == null ? MetadataDirective.COPY : MetadataDirective.REPLACE)
            .taggingDirective(tags ? TaggingDirective.COPY : TaggingDirective.REPLACE)
            .checksumAlgorithm(algorithm == null ? null : algorithm.wireName())
            .overrideConfiguration(headers.configuration())
            .build();
    CopyObjectResponse answer = endpoint.errors().call(() -> endpoint.client().copyObject(request));
    ObjectInfo made = endpoint.head(target.atVersion(answer.versionId()), ReadOptions.ALL);
    return made.withVersion(new ObjectHeaders(answer.sdkHttpResponse()).version(true));
  }
}
