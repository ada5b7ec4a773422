package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/**
 * The buckets of a remote endpoint. When a bucket was made is known from listings alone; elsewhere
 * it is the beginning of time. Thread-safe.
 */
final class RemoteBucketStore implements BucketStore {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteBucketStore.class);
  private static final String UNNAMED_REGION = "us-east-1";
  private static final String OBJECT_LOCK = "object-lock";

  private final RemoteEndpoint endpoint;
  private final BucketDocuments documents;

  RemoteBucketStore(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
    this.documents = new BucketDocuments(endpoint);
  }

  @Override
  public void create(BucketInfo bucket, Map<String, byte[]> settings) throws IOException {
    documents.require(settings);
    boolean locks = settings.containsKey(OBJECT_LOCK);
    CreateBucketRequest.Builder request =
        CreateBucketRequest.builder().bucket(bucket.name().value());
    if (locks) {
      request.objectLockEnabledForBucket(true);
    }
    if (namesItsRegion(bucket.region())) {
      request.createBucketConfiguration(
          configuration -> configuration.locationConstraint(bucket.region()));
    }
    endpoint.errors().call(() -> endpoint.client().createBucket(request.build()));
    boolean done = false;
    try {
      if (bucket.versioning() != Versioning.UNVERSIONED && !locks) {
        setVersioning(bucket.name(), bucket.versioning());
      }
      documents.putAll(bucket.name(), settings);
      done = true;
    } finally {
      if (!done) {
        withdraw(bucket.name());
      }
    }
  }

  private void withdraw(BucketName bucket) {
    try {
      endpoint.client().deleteBucket(request -> request.bucket(bucket.value()));
    } catch (SdkException e) {
      LOG.warn("Bucket {} stays at the provider without its settings: {}", bucket, e.getMessage());
    }
  }

  /** Endpoints that are not AWS's own know no region but theirs. */
  private boolean namesItsRegion(String region) {
    boolean own = region.equals(endpoint.settings().region());
    return !region.equals(UNNAMED_REGION) && (!own || endpoint.settings().endpoint() == null);
  }

  @Override
  public BucketInfo head(BucketName bucket) {
    HeadBucketResponse answer;
    try {
      answer = endpoint.client().headBucket(request -> request.bucket(bucket.value()));
    } catch (SdkException e) {
      throw endpoint.bucketFault(bucket, e);
    }
    BucketVersioningStatus status =
        endpoint
            .errors()
            .find(
                () ->
                    Optional.ofNullable(
                        endpoint
                            .client()
                            .getBucketVersioning(request -> request.bucket(bucket.value()))
                            .status()),
                java.util.Set.of(S3ErrorCode.NOT_IMPLEMENTED))
            .flatMap(found -> found)
            .orElse(null);
    return info(bucket, Instant.EPOCH, answer.bucketRegion(), versioning(status));
  }

  private static Versioning versioning(@Nullable BucketVersioningStatus status) {
    if (status == BucketVersioningStatus.ENABLED) {
      return Versioning.ENABLED;
    }
    return status == BucketVersioningStatus.SUSPENDED
        ? Versioning.SUSPENDED
        : Versioning.UNVERSIONED;
  }

  private BucketInfo info(
      BucketName name, Instant created, @Nullable String region, Versioning versioning) {
    return new BucketInfo(
        name,
        created,
        region == null || region.isEmpty() ? endpoint.settings().region() : region,
        endpoint.settings().ownerId(),
        versioning,
        endpoint.settings().name());
  }

  @Override
  public void delete(BucketName bucket) {
    endpoint
        .errors()
        .call(() -> endpoint.client().deleteBucket(request -> request.bucket(bucket.value())));
  }

  /**
   * The buckets that the remote shows; their versioning state is not told here. Every page of the
   * remote is read: not every remote pages, prefixes or orders.
   */
  @Override
  public List<BucketInfo> list(String prefix, @Nullable String after, int limit) {
    List<Bucket> all = new ArrayList<>();
    String token = null;
    do {
      String continued = token;
      ListBucketsResponse page =
          endpoint
              .errors()
              .call(
                  () ->
                      endpoint
                          .client()
                          .listBuckets(request -> request.continuationToken(continued)));
      all.addAll(page.buckets());
      token = page.continuationToken();
    } while (token != null && !token.isEmpty());
    return all.stream()
        .filter(bucket -> BucketName.isValid(bucket.name()))
        .filter(bucket -> bucket.name().startsWith(prefix))
        .filter(bucket -> after == null || bucket.name().compareTo(after) > 0)
        .sorted(Comparator.comparing(Bucket::name))
        .limit(limit)
        .map(
            bucket ->
                info(
                    new BucketName(bucket.name()),
                    RemoteEndpoint.date(bucket.creationDate()),
                    bucket.bucketRegion(),
                    Versioning.UNVERSIONED))
        .toList();
  }

  @Override
  public void setVersioning(BucketName bucket, Versioning state, BucketGuard guard)
      throws IOException {
    check(bucket, guard);
    endpoint
        .errors()
        .call(
            () ->
                endpoint
                    .client()
                    .putBucketVersioning(
                        request ->
                            request
                                .bucket(bucket.value())
                                .versioningConfiguration(
                                    versioning ->
                                        versioning.status(
                                            state == Versioning.ENABLED
                                                ? BucketVersioningStatus.ENABLED
                                                : BucketVersioningStatus.SUSPENDED))));
  }

  /** Asks a guard about the bucket as the remote tells it now. */
  private void check(BucketName bucket, BucketGuard guard) throws IOException {
    if (guard != BucketGuard.NONE) {
      guard.check(head(bucket), name -> documents.read(bucket, name));
    }
  }

  @Override
  public Optional<byte[]> setting(BucketName bucket, String name) {
    return documents.read(bucket, name);
  }

  @Override
  public void putSetting(BucketName bucket, String name, byte[] document, BucketGuard guard)
      throws IOException {
    check(bucket, guard);
    documents.put(bucket, name, document);
  }

  @Override
  public void deleteSetting(BucketName bucket, String name) {
    documents.delete(bucket, name);
  }
}
