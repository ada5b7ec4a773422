package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectRef;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes remote objects, many in one request where that says the same. Thread-safe. */
final class RemoteDeletions {
  private final RemoteEndpoint endpoint;
  private final RemoteDocuments documents;

  RemoteDeletions(RemoteEndpoint endpoint, RemoteDocuments documents) {
    this.endpoint = endpoint;
    this.documents = documents;
  }

  DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    guard(target, options.guard());
    DeleteObjectRequest request =
        DeleteObjectRequest.builder()
            .bucket(target.bucket().value())
            .key(target.key().value())
            .versionId(target.versionId())
            .overrideConfiguration(new RequestHeaders().write(options.conditions()).configuration())
            .build();
    DeleteObjectResponse answer =
        endpoint.errors().call(() -> endpoint.client().deleteObject(request));
    boolean marker = Boolean.TRUE.equals(answer.deleteMarker());
    return new DeleteResult(
        target.key(), target.versionId(), marker ? answer.versionId() : null, null);
  }

  /**
   * Asks a guard about a version that is named. Without a version id a deletion removes nothing
   * that could be locked: locks need versions.
   */
  private void guard(ObjectRef target, VersionGuard guard) throws IOException {
    if (target.versionId() == null) {
      return;
    }
    try {
      documents.guard(target, guard);
    } catch (S3Exception e) {
      // What is not there, or is a delete marker, is nobody's concern.
      if (e.code() != S3ErrorCode.NO_SUCH_VERSION && e.code() != S3ErrorCode.METHOD_NOT_ALLOWED) {
        throw e;
      }
    }
  }

  List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets) throws IOException {
    if (targets.isEmpty()) {
      endpoint.requireBucket(bucket);
      return List.of();
    }
    @Nullable DeleteResult[] results = new DeleteResult[targets.size()];
    List<Integer> together = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      DeleteTarget target = targets.get(i);
      ObjectRef ref = new ObjectRef(bucket, target.key(), target.versionId());
      try {
        if (fitsADocument(target)) {
          guard(ref, target.options().guard());
          together.add(i);
        } else {
          results[i] = delete(ref, target.options());
        }
      } catch (S3Exception e) {
        if (e.code() == S3ErrorCode.NO_SUCH_BUCKET) {
          throw e;
        }
        results[i] = failed(target, e);
      }
    }
    deleteTogether(bucket, targets, together, results);
    return Arrays.asList(results);
  }

  private static DeleteResult failed(DeleteTarget target, S3Exception error) {
    return new DeleteResult(target.key(), target.versionId(), null, error);
  }

  /** Conditions go by themselves, and XML cannot say every character of a key. */
  private static boolean fitsADocument(DeleteTarget target) {
    return target.options().conditions().isNone()
        && target.key().value().chars().allMatch(c -> c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
  }

  private void deleteTogether(
      BucketName bucket,
      List<DeleteTarget> targets,
      List<Integer> together,
      @Nullable DeleteResult[] results) {
    if (together.isEmpty()) {
      return;
    }
    List<ObjectIdentifier> identifiers =
        together.stream()
            .map(targets::get)
            .map(
                target ->
                    ObjectIdentifier.builder()
                        .key(target.key().value())
                        .versionId(target.versionId())
                        .build())
            .toList();
    DeleteObjectsResponse answer =
        endpoint
            .errors()
            .call(
                () ->
                    endpoint
                        .client()
                        .deleteObjects(
                            request ->
                                request
                                    .bucket(bucket.value())
                                    .delete(delete -> delete.objects(identifiers).quiet(false))));
    Map<Named, DeleteResult> byName = byName(targets, answer);
    for (int i : together) {
      DeleteTarget target = targets.get(i);
      DeleteResult result = byName.get(new Named(target.key().value(), target.versionId()));
      results[i] =
          result == null
              ? failed(target, S3ErrorCode.INTERNAL_ERROR.exception("The provider did not say."))
              : result;
    }
  }

  private record Named(String key, @Nullable String versionId) {}

  private Map<Named, DeleteResult> byName(
      List<DeleteTarget> targets, DeleteObjectsResponse answer) {
    Map<Named, DeleteTarget> asked = new HashMap<>();
    targets.forEach(
        target -> asked.put(new Named(target.key().value(), target.versionId()), target));
    Map<Named, DeleteResult> byName = new HashMap<>();
    answer
        .deleted()
        .forEach(
            deleted -> {
              Named name = new Named(deleted.key(), deleted.versionId());
              DeleteTarget target = asked.get(name);
              if (target != null) {
                byName.put(
                    name,
                    new DeleteResult(
                        target.key(), target.versionId(), deleted.deleteMarkerVersionId(), null));
              }
            });
    for (S3Error error : answer.errors()) {
      Named name = new Named(error.key(), error.versionId());
      DeleteTarget target = asked.get(name);
      if (target != null) {
        byName.put(name, failed(target, translate(error)));
      }
    }
    return byName;
  }

  private S3Exception translate(S3Error error) {
    return endpoint
        .errors()
        .translate(
            AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode(error.code())
                        .errorMessage(error.message())
                        .build())
                .build());
  }
}
