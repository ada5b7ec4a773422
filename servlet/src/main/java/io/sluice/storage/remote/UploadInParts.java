package io.sluice.storage.remote;

import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Puts a payload whose length nobody knows: S3 wants one, so it is cut into parts of which one is
 * in memory at a time. It becomes an object by the completion, after the payload's clean end; a
 * payload that fails aborts the upload. Thread-safe.
 */
final class UploadInParts {
  /** Ten thousand parts of this size are above S3's largest single upload of 5 GiB. */
  private static final int PART_SIZE = 8 << 20;

  private final RemoteEndpoint endpoint;

  UploadInParts(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload) throws IOException {
    byte[] part = payload.stream().readNBytes(PART_SIZE);
    if (part.length < PART_SIZE) {
      return single(target, options, part);
    }
    String uploadId = create(target, options);
    boolean done = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      while (part.length > 0) {
        parts.add(upload(target, uploadId, parts.size() + 1, part));
        part = payload.stream().readNBytes(PART_SIZE);
      }
      CompleteMultipartUploadResponse answer =
          endpoint
              .errors()
              .call(
                  () ->
                      endpoint
                          .client()
                          .completeMultipartUpload(
                              request ->
                                  request
                                      .bucket(target.bucket().value())
                                      .key(target.key().value())
                                      .uploadId(uploadId)
                                      .multipartUpload(all -> all.parts(parts))
                                      .overrideConfiguration(
                                          new RequestHeaders()
                                              .write(options.conditions())
                                              .configuration())));
      done = true;
      return head(target.atVersion(answer.versionId()));
    } finally {
      if (!done) {
        abort(target, uploadId);
      }
    }
  }

  private ObjectInfo head(ObjectRef made) {
    ObjectInfo info = endpoint.head(made, ReadOptions.ALL);
    return info.withVersion(new io.sluice.model.ObjectVersion(info.version().id(), true, false));
  }

  private ObjectInfo single(ObjectRef target, WriteOptions options, byte[] body) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(target.bucket().value())
            .key(target.key().value())
            .overrideConfiguration(
                new RequestHeaders()
                    .write(options.conditions())
                    .metadata(options.metadata())
                    .documents(options.documents())
                    .configuration())
            .build();
    String version =
        endpoint
            .errors()
            .call(() -> endpoint.clients().once().putObject(request, RequestBody.fromBytes(body)))
            .versionId();
    return head(target.atVersion(version));
  }

  private String create(ObjectRef target, WriteOptions options) {
    CreateMultipartUploadRequest request =
        CreateMultipartUploadRequest.builder()
            .bucket(target.bucket().value())
            .key(target.key().value())
            .overrideConfiguration(
                new RequestHeaders()
                    .metadata(options.metadata())
                    .documents(options.documents())
                    .configuration())
            .build();
    return endpoint
        .errors()
        .call(() -> endpoint.clients().plain().createMultipartUpload(request))
        .uploadId();
  }

  private CompletedPart upload(ObjectRef target, String uploadId, int number, byte[] body) {
    UploadPartResponse answer =
        endpoint
            .errors()
            .call(
                () ->
                    endpoint
                        .clients()
                        .plain()
                        .uploadPart(
                            request ->
                                request
                                    .bucket(target.bucket().value())
                                    .key(target.key().value())
                                    .uploadId(uploadId)
                                    .partNumber(number),
                            RequestBody.fromBytes(Arrays.copyOf(body, body.length))));
    return CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build();
  }

  /** The remote's own rules drop what cannot be dropped now. */
  private void abort(ObjectRef target, String uploadId) {
    try {
      endpoint
          .client()
          .abortMultipartUpload(
              request ->
                  request
                      .bucket(target.bucket().value())
                      .key(target.key().value())
                      .uploadId(uploadId));
    } catch (SdkException e) {
      org.slf4j.LoggerFactory.getLogger(UploadInParts.class)
          .warn("Upload {} of {} stays at the provider: {}", uploadId, target, e.getMessage());
    }
  }
}
