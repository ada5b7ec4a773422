package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.uri.QueryString;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3HeadersTest {
  private static final S3Headers HEADERS =
      S3Headers.of(Map.of("X-Amz-Meta-A", List.of("1", "2"), "x-amz-acl", List.of("private")));

  @Test
  void namesComeInAnyCaseAndRepeatedValuesJoin() {
    assertThat(HEADERS.get("x-amz-meta-a")).isEqualTo("1");
    assertThat(HEADERS.joinedUtf8("X-AMZ-META-A")).isEqualTo("1,2");
    assertThat(HEADERS.get("absent")).isNull();
  }

  @Test
  void headersThatASignerMovedIntoTheQueryCount() {
    QueryString query =
        QueryString.parse(
            "X-Amz-Signature=s&X-Amz-Credential=c&x-amz-acl=public-read&x-amz-meta-b=%C3%BC&x-id=p");
    S3Headers all = HEADERS.withHoisted(query);
    assertThat(all.get("x-amz-acl")).isEqualTo("private");
    assertThat(all.joinedUtf8("x-amz-meta-b")).isEqualTo("ü");
    assertThat(all.names()).containsOnly("x-amz-meta-a", "x-amz-acl", "x-amz-meta-b");
  }
}
