package io.sluice.iam;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.sluice.iam.policy.Policy;
import io.sluice.model.BucketName;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The policies and public access blocks of buckets, each parsed once: what a store has is compared
 * byte for byte with what was parsed, so that a change counts at once. Thread-safe.
 */
public final class BucketRules {
  /** The name of the bucket's setting that holds its policy. */
  public static final String POLICY = "policy";

  /** Policies of 20 KiB at the most. */
  private static final int MAX_CACHED = 2_000;

  private final BucketStore buckets;
  private final Cache<BucketName, Compiled> compiled =
      CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();

  /** The rules of a store's buckets. */
  public BucketRules(BucketStore buckets) {
    this.buckets = buckets;
  }

  /** A policy, and whether it is public. */
  private static final class Compiled {
    private final byte[] document;
    private final Policy policy;
    private final boolean isPublic;

    Compiled(byte[] document, BucketName bucket) {
      this.document = document;
      this.policy = Policy.ofBucket(document, bucket.value());
      this.isPublic = policy.isPublic();
    }
  }

  /**
   * A bucket's policy, or null.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public @Nullable Policy policy(BucketName bucket) throws IOException {
    Compiled known = compiled(bucket);
    return known == null ? null : known.policy;
  }

  /**
   * Whether a bucket has a policy that is public.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public boolean isPolicyPublic(BucketName bucket) throws IOException {
    Compiled known = compiled(bucket);
    return known != null && known.isPublic;
  }

  private @Nullable Compiled compiled(BucketName bucket) throws IOException {
    byte[] document = buckets.setting(bucket, POLICY).orElse(null);
    if (document == null) {
      return null;
    }
    Compiled known = compiled.getIfPresent(bucket);
    if (known == null || !Arrays.equals(known.document, document)) {
      known = new Compiled(document, bucket);
      compiled.put(bucket, known);
    }
    return known;
  }

  /**
   * A bucket's public access block; {@link PublicAccessBlock#NONE} for a bucket without.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public PublicAccessBlock publicAccess(BucketName bucket) throws IOException {
    return PublicAccessBlock.of(buckets, bucket).orElse(PublicAccessBlock.NONE);
  }
}
