package io.sluice.operation.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ContinuationToken;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.uri.QueryString;
import io.sluice.xml.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of the account that asks; an administrator sees all. Each names its provider, as the
 * gateway's users know it. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">API</a>.
 */
final class ListBuckets implements OperationHandler {
  /** AWS: the most buckets of a page. */
  private static final int MAX_BUCKETS = 10_000;

  private static final int PAGE = 1000;

  private final BucketStore buckets;
  private final String provider;

  ListBuckets(BucketStore buckets, String provider) {
    this.buckets = buckets;
    this.provider = provider;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_BUCKETS;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    Input input = Input.from(request.query());
    Identity identity = request.identity();
    List<Bucket> page = new ArrayList<>();
    String after = input.after();
    String next = null;
    boolean more = true;
    while (more && next == null) {
      List<BucketInfo> read = buckets.list(input.prefix(), after, PAGE);
      more = read.size() >= PAGE;
      for (BucketInfo bucket : read) {
        after = bucket.name().value();
        if (!input.shows(bucket, identity)) {
          continue;
        }
        Bucket before = page.isEmpty() ? null : page.get(page.size() - 1);
        boolean again = before != null && before.name().equals(bucket.name().value());
        if (page.size() >= input.limit() && !again) {
          next = page.get(page.size() - 1).name();
          break;
        }
        Bucket shown = Bucket.of(bucket, provider);
        page.add(before != null && again ? shown.warning(before) : shown);
      }
    }
    return S3Response.ok(
        new ListAllMyBucketsResult(
            new Owner(identity.canonicalId(), identity.displayName()),
            new Buckets(page),
            input.prefix().isEmpty() ? null : input.prefix(),
            next == null ? null : ContinuationToken.of(next)));
  }

  private record Input(String prefix, @Nullable String after, @Nullable String region, int limit) {
    static Input from(QueryString query) {
      String token = query.get("continuation-token");
      String limit = query.get("max-buckets");
      if (limit != null && IntegerParameter.parse("max-buckets", limit, 1) > MAX_BUCKETS) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("Argument max-buckets must be an integer between 1 and 10000")
            .with("ArgumentName", "max-buckets")
            .with("ArgumentValue", limit);
      }
      return new Input(
          query.nonEmpty("prefix").orElse(""),
          token == null || token.isEmpty() ? null : ContinuationToken.parse(token),
          query.nonEmpty("bucket-region").orElse(null),
          IntegerParameter.clipped("max-buckets", limit, MAX_BUCKETS));
    }

    boolean shows(BucketInfo bucket, Identity identity) {
      return (region == null || region.equals(bucket.region()))
          && (identity.role() == Identity.Role.ADMIN
              || bucket.ownerId().equals(identity.canonicalId()));
    }
  }

  @JsonRootName("ListAllMyBucketsResult")
  record ListAllMyBucketsResult(
      Owner owner, Buckets buckets, @Nullable String prefix, @Nullable String continuationToken) {}

  record Buckets(List<Bucket> bucket) {}

  record Bucket(
      String name,
      String creationDate,
      String bucketRegion,
      @JsonProperty("String") String provider) {
    static Bucket of(BucketInfo bucket, String provider) {
      return new Bucket(
          bucket.name().value(),
          HttpDate.iso(bucket.createdAt()),
          bucket.region(),
          "Provider: " + (bucket.provider().isEmpty() ? provider : bucket.provider()));
    }

    /** The same with a warning: whoever uses the name gets an error. */
    Bucket warning(Bucket other) {
      String first = other.provider.replaceFirst(" \\(WARNING.*", "");
      return new Bucket(
          name,
          creationDate,
          bucketRegion,
          provider
              + " (WARNING: {"
              + other.name
              + ", "
              + first
              + "} and {"
              + name
              + ", "
              + provider
              + "} share the same name)");
    }
  }
}
