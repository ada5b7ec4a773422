package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

@OverTls
class ListObjectsV2IT extends GatewayCase {

  @Test
  void tellsSizeEtagAndTimeOfEachObject() {
    put("a", "hello");

    S3Object found = s3.listObjectsV2(request -> request.bucket(bucket)).contents().get(0);

    assertThat(found.size()).isEqualTo(5);
    assertThat(found.eTag())
        .isEqualTo('"' + Hashes.md5("hello".getBytes(StandardCharsets.UTF_8)) + '"');
    assertThat(found.lastModified())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
  }

  @Test
  void pagesShowEveryKeyOnce() {
    List<String> keys = IntStream.range(100, 140).mapToObj(number -> "key-" + number).toList();
    keys.forEach(key -> put(key, ""));

    List<String> seen = new ArrayList<>();
    ListObjectsV2Response page = s3.listObjectsV2(r -> r.bucket(bucket).maxKeys(7));
    assertThat(page.contents()).hasSize(7);
    assertThat(page.keyCount()).isEqualTo(7);
    assertThat(page.maxKeys()).isEqualTo(7);
    while (page.isTruncated()) {
      add(seen, page);
      String token = page.nextContinuationToken();
      page = s3.listObjectsV2(r -> r.bucket(bucket).maxKeys(7).continuationToken(token));
    }
    add(seen, page);

    assertThat(seen).isEqualTo(keys);
  }

  private static void add(List<String> seen, ListObjectsV2Response page) {
    page.contents().forEach(object -> seen.add(object.key()));
  }

  @Test
  void rollsUpAtTheDelimiter() {
    List.of("a/1", "a/b/1", "a/b/2", "a/c/1", "b/1", "z").forEach(key -> put(key, ""));

    ListObjectsV2Response page =
        s3.listObjectsV2(request -> request.bucket(bucket).prefix("a/").delimiter("/"));

    assertThat(page.commonPrefixes())
        .extracting(CommonPrefix::prefix)
        .containsExactly("a/b/", "a/c/");
    assertThat(page.contents()).extracting(S3Object::key).containsExactly("a/1");
    assertThat(page.keyCount()).isEqualTo(3);
  }

  @Test
  void rollsUpAtADelimiterOfSeveralCharacters() {
    List.of("x--1", "x--2", "y-1").forEach(key -> put(key, ""));

    ListObjectsV2Response page =
        s3.listObjectsV2(request -> request.bucket(bucket).delimiter("--"));

    assertThat(page.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("x--");
    assertThat(page.contents()).extracting(S3Object::key).containsExactly("y-1");
  }

  @Test
  void pagesOverCommonPrefixesWithoutRepeatingOne() {
    IntStream.range(0, 30).forEach(number -> put("d" + number % 5 + "/" + number, ""));

    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(r -> r.bucket(bucket).delimiter("/").maxKeys(2).continuationToken(from));
      page.commonPrefixes().forEach(prefix -> seen.add(prefix.prefix()));
      token = page.nextContinuationToken();
    } while (token != null);

    assertThat(seen).containsExactly("d0/", "d1/", "d2/", "d3/", "d4/");
  }

  @Test
  void startsAfterAKey() {
    List.of("a", "b", "c").forEach(key -> put(key, ""));

    assertThat(s3.listObjectsV2(request -> request.bucket(bucket).startAfter("a")).contents())
        .extracting(S3Object::key)
        .containsExactly("b", "c");
  }

  @Test
  void tellsTheOwnerWhenAsked() {
    put("a", "");

    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents().get(0).owner()).isNull();
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket).fetchOwner(true)).contents().get(0).owner())
        .isNotNull();
  }

  @Test
  void maxKeysOfZeroIsAnEmptyPage() {
    put("a", "");

    ListObjectsV2Response page = s3.listObjectsV2(request -> request.bucket(bucket).maxKeys(0));

    assertThat(page.contents()).isEmpty();
    assertThat(page.isTruncated()).isFalse();
  }

  @Test
  void isNotFoundWithoutTheBucket() {
    assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket(newBucketName())))
        .isInstanceOf(NoSuchBucketException.class);
  }
}
