package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

class ListBucketsIT extends GatewayCase {

  @Test
  void namesEveryBucketWithTheTimeOfItsCreation() {
    List<Bucket> buckets = s3.listBuckets().buckets();

    assertThat(buckets).extracting(Bucket::name).contains(bucket).isSorted();
    Bucket found = buckets.stream().filter(one -> one.name().equals(bucket)).findFirst().get();
    assertThat(found.creationDate())
        .isBetween(Instant.now().minus(2, ChronoUnit.MINUTES), Instant.now().plusSeconds(5));
  }

  @Test
  void keepsToThePrefix() {
    assertThat(s3.listBuckets(request -> request.prefix(bucket)).buckets())
        .extracting(Bucket::name)
        .containsExactly(bucket);
  }

  @Test
  void pagesThroughAllOfThem() {
    String prefix = bucket + "-page";
    List<String> names = List.of(prefix + "-a", prefix + "-b", prefix + "-c");
    names.forEach(name -> s3.createBucket(request -> request.bucket(name)));

    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ListBucketsResponse page =
          s3.listBuckets(r -> r.prefix(prefix).maxBuckets(2).continuationToken(from));
      assertThat(page.buckets()).hasSizeLessThanOrEqualTo(2);
      page.buckets().forEach(one -> seen.add(one.name()));
      token = page.continuationToken();
    } while (token != null);

    assertThat(seen).isEqualTo(names);
  }
}
