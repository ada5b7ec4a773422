package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.storage.Storage;
import io.sluice.storage.option.BackendBucket;
import io.sluice.storage.option.BucketEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows where each bucket lives. A name that leads to more than one is an error for whoever uses
 * it, never a choice. Thread-safe.
 */
final class BucketDirectory {
  private final Storage local;
  private final List<Provider> providers;
  private final OwnSettings own;
  private final MovedBuckets moved;

  BucketDirectory(Storage local, List<Provider> providers, OwnSettings own, MovedBuckets moved) {
    this.own = own;
    this.moved = moved;
    this.local = local;
    this.providers = List.copyOf(providers);
  }

  Storage local() {
    return local;
  }

  List<Provider> providers() {
    return providers;
  }

  /**
   * Where a bucket lives. A bucket that is nowhere is said to live here, where it is then missed.
   *
   * @throws S3Exception AmbiguousBucketName
   */
  Place locate(BucketName bucket) throws IOException {
    List<Provider> claiming = claiming(bucket);
    boolean here = isHere(bucket);
    if (claiming.size() + (here ? 1 : 0) > 1) {
      throw ambiguous(bucket, claiming, here);
    }
    if (claiming.size() == 1) {
      Provider claimant = claiming.get(0);
      Provider provider = at(claimant, own.get(claimant, bucket, BucketEndpoint.SETTING));
      return new Place(provider.storage(), bucket, provider, false);
    }
    return here ? ofLocal(bucket) : new Place(local, bucket, null, false);
  }

  private Place ofLocal(BucketName bucket) throws IOException {
    BackendBucket backend = backend(bucket).orElse(null);
    if (backend == null) {
      return new Place(local, bucket, null, false);
    }
    Provider provider = provider(backend.provider());
    if (provider == null) {
      throw S3ErrorCode.INVALID_BUCKET_STATE
          .exception("The bucket stands for " + backend + ", and there is no such provider.")
          .with("BucketName", bucket);
    }
    Provider there = at(provider, local.buckets().setting(bucket, BucketEndpoint.SETTING));
    return new Place(
        there.storage(), backend.bucket(), there, true, new KeyPrefix(backend.prefix()));
  }

  /** A provider where a bucket is asked for. */
  private Provider at(Provider provider, Optional<byte[]> endpoint) throws IOException {
    return endpoint.isEmpty() ? provider : moved.at(provider, BucketEndpoint.parse(endpoint.get()));
  }

  /** What a bucket here stands for. */
  Optional<BackendBucket> backend(BucketName bucket) throws IOException {
    return local.buckets().setting(bucket, BackendBucket.SETTING).map(BackendBucket::parse);
  }

  /** A provider by its name; null when there is none. */
  @Nullable Provider provider(String name) {
    for (Provider provider : providers) {
      if (provider.name().equals(name)) {
        return provider;
      }
    }
    return null;
  }

  /** Whether a bucket is here. */
  boolean isHere(BucketName bucket) throws IOException {
    return hereOrNull(bucket) != null;
  }

  @Nullable BucketInfo hereOrNull(BucketName bucket) throws IOException {
    try {
      return local.buckets().head(bucket);
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_BUCKET) {
        return null;
      }
      throw e;
    }
  }

  /** The providers that have a bucket of a name: as the settings say, or as they say themselves. */
  List<Provider> claiming(BucketName bucket) throws IOException {
    List<Provider> claiming = new ArrayList<>();
    for (Provider provider : providers) {
      if (provider.patterns().names(bucket)
          || (provider.patterns().match(bucket) && provider.buckets().has(bucket))) {
        claiming.add(provider);
      }
    }
    return claiming;
  }

  /** The providers that a new bucket of a name would belong to. */
  List<Provider> meant(BucketName bucket) {
    return providers.stream().filter(provider -> provider.patterns().match(bucket)).toList();
  }

  /** The error of a name that leads to more than one bucket. */
  static S3Exception ambiguous(BucketName bucket, List<Provider> providers, boolean here) {
    List<String> names = new ArrayList<>(providers.stream().map(Provider::name).toList());
    if (here) {
      names.add(0, "this gateway");
    }
    return S3ErrorCode.AMBIGUOUS_BUCKET_NAME
        .exception("More than one provider has a bucket of this name: " + String.join(", ", names))
        .with("BucketName", bucket);
  }
}
