package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ReadOptions;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * What the stores of a remote share: its settings, clients and errors, and the question what an
 * object is. Thread-safe.
 */
record RemoteEndpoint(RemoteSettings settings, RemoteClients clients, RemoteErrors errors) {
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;

  /** The client that tries again. */
  S3Client client() {
    return clients.repeating();
  }

  /** An object's information. */
  ObjectInfo head(ObjectRef ref, ReadOptions options) {
    HeadObjectRequest request =
        HeadObjectRequest.builder()
            .bucket(ref.bucket().value())
            .key(ref.key().value())
            .versionId(ref.versionId())
            .partNumber(options.partNumber())
            .range(options.range() == null ? null : options.range().header())
            .checksumMode(ChecksumMode.ENABLED)
            .overrideConfiguration(
                new RequestHeaders().read("", options.conditions()).configuration())
            .build();
    try {
      return new ObjectHeaders(client().headObject(request).sdkHttpResponse())
          .object(ref, settings.ownerId());
    } catch (SdkException e) {
      if (e instanceof AwsServiceException answer && answer.statusCode() == NOT_FOUND) {
        throw absent(ref, answer);
      }
      throw readFault(ref, options, e);
    }
  }

  /** The current object, or null when there is none. */
  @Nullable ObjectInfo current(ObjectRef ref) {
    try {
      return head(ref.atVersion(null), ReadOptions.ALL);
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_KEY) {
        return null;
      }
      throw e;
    }
  }

  /** What is thrown for a read that failed. */
  RuntimeException readFault(ObjectRef ref, ReadOptions options, SdkException fault) {
    if (fault instanceof AwsServiceException answer) {
      if (answer.statusCode() == NOT_MODIFIED) {
        return new NotModifiedException(head(ref, unconditional(options)));
      }
      if (answer.statusCode() == 416 && options.partNumber() != null) {
        return S3ErrorCode.INVALID_PART_NUMBER.exception();
      }
    }
    return errors.translate(fault);
  }

  private static ReadOptions unconditional(ReadOptions options) {
    return new ReadOptions(options.range(), options.partNumber(), Preconditions.NONE);
  }

  /** An answer to HEAD has no body that says what is missing. */
  private S3Exception absent(ObjectRef ref, AwsServiceException answer) {
    requireBucket(ref.bucket());
    S3ErrorCode code =
        ref.versionId() == null ? S3ErrorCode.NO_SUCH_KEY : S3ErrorCode.NO_SUCH_VERSION;
    S3Exception said = errors.translate(answer);
    S3Exception error = code.exception().with("Key", ref.key());
    said.details().forEach(error::with);
    said.headers().forEach(error::withHeader);
    return error;
  }

  /**
   * Asks whether a bucket is there.
   *
   * @throws S3Exception NoSuchBucket, AccessDenied
   */
  void requireBucket(BucketName bucket) {
    try {
      client().headBucket(request -> request.bucket(bucket.value()));
    } catch (SdkException e) {
      throw bucketFault(bucket, e);
    }
  }

  /** What is thrown for a question about a bucket whose answer has no body. */
  S3Exception bucketFault(BucketName bucket, SdkException fault) {
    if (fault instanceof AwsServiceException answer && answer.statusCode() == NOT_FOUND) {
      return S3ErrorCode.NO_SUCH_BUCKET
          .exception()
          .with("BucketName", bucket)
          .with("Provider", settings.name());
    }
    return errors.translate(fault);
  }

  /** A date of a listing; the remote's own are never missing. */
  static Instant date(@Nullable Instant instant) {
    return Objects.requireNonNullElse(instant, Instant.EPOCH);
  }
}
