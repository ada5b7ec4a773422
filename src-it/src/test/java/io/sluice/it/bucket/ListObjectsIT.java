package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListObjectsIT extends GatewayCase {

  @Test
  void markersLeadThroughEveryKeyOnce() {
    List<String> keys = IntStream.range(100, 125).mapToObj(number -> "key-" + number).toList();
    keys.forEach(key -> put(key, ""));

    List<String> seen = new ArrayList<>();
    String marker = null;
    ListObjectsResponse page;
    do {
      String after = marker;
      page = s3.listObjects(request -> request.bucket(bucket).maxKeys(7).marker(after));
      page.contents().forEach(object -> seen.add(object.key()));
      marker = seen.get(seen.size() - 1);
    } while (page.isTruncated());

    assertThat(seen).isEqualTo(keys);
  }

  @Test
  void nextMarkerComesWithADelimiter() {
    List.of("a/1", "a/2", "b/1", "c").forEach(key -> put(key, ""));

    ListObjectsResponse first =
        s3.listObjects(request -> request.bucket(bucket).delimiter("/").maxKeys(1));
    ListObjectsResponse second =
        s3.listObjects(request -> request.bucket(bucket).delimiter("/").marker(first.nextMarker()));

    assertThat(first.isTruncated()).isTrue();
    assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/");
    assertThat(second.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
    assertThat(second.contents()).extracting(S3Object::key).containsExactly("c");
  }

  @Test
  void alwaysTellsTheOwner() {
    put("a", "");

    assertThat(s3.listObjects(r -> r.bucket(bucket)).contents().get(0).owner()).isNotNull();
  }
}
