package io.sluice.operation.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Annotations over a store in memory. */
class AnnotationTest {
  private static final String NAMED = "/bucket/k?annotation&annotationName=";
  private static final String MD5 = "Content-MD5: CY9rzUYh03PK3k6DJie09g==";

  private RequestFixture gateway;

  @BeforeEach
  void makeObject() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.sendBody("body", "PUT /bucket/k");
  }

  private Answer put(String name, String payload, String... headers) throws IOException {
    return gateway.sendBody(payload, "PUT " + NAMED + name, headers);
  }

  private Answer get(String name) throws IOException {
    return gateway.send("GET " + NAMED + name);
  }

  private S3ErrorCode refusedPut(String name, String payload, String... headers) {
    return gateway.refusedBody(payload, "PUT " + NAMED + name, headers).code();
  }

  @Test
  void whatIsPutIsReadReplacedAndDeleted() throws IOException {
    Answer put = put("a", "one");
    assertThat(put.header("ETag")).isEqualTo("\"f97c5d29941bfb1b2fdab0874906ab82\"");
    assertThat(put.element("AnnotationName")).isEqualTo("a");
    assertThat(get("a").body()).isEqualTo("one");
    assertThat(get("a").header("ETag")).isEqualTo(put.header("ETag"));
    put("a", "two");
    assertThat(get("a").body()).isEqualTo("two");
    assertThat(gateway.send("GET /bucket/k").body()).isEqualTo("body");
    assertThat(gateway.send("DELETE " + NAMED + "a").status()).isEqualTo(204);
    assertThat(gateway.send("DELETE " + NAMED + "a").status()).isEqualTo(204);
    assertThat(gateway.refused("GET " + NAMED + "a").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_ANNOTATION);
  }

  @Test
  void theyAreListedByNameInPages() throws IOException {
    for (String name : List.of("b/2", "a", "b/1")) {
      put(name, name);
    }
    Answer first = gateway.send("GET /bucket/k?annotation&max-annotation-results=2");
    assertThat(first.body())
        .contains("<AnnotationName>a</AnnotationName>")
        .contains("<AnnotationName>b/1</AnnotationName>")
        .contains("<Size>1</Size>")
        .contains("<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>")
        .doesNotContain("b/2");
    String token = Objects.requireNonNull(first.element("NextContinuationToken"));
    Answer second = gateway.send("GET /bucket/k?annotation&continuation-token=" + token);
    assertThat(second.element("AnnotationCount")).isEqualTo("1");
    assertThat(second.body()).contains("b/2").doesNotContain("NextContinuationToken");
    assertThat(gateway.send("GET /bucket/k?annotation&annotation-prefix=b/").body())
        .doesNotContain("<AnnotationName>a<");
    assertThat(gateway.refused("GET /bucket/k?annotation&max-annotation-results=1001").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whatIsNoAnnotationIsRefused() {
    assertThat(refusedPut("", "x")).isEqualTo(S3ErrorCode.INVALID_ANNOTATION_NAME);
    assertThat(refusedPut("a%0Ab", "x")).isEqualTo(S3ErrorCode.INVALID_ANNOTATION_NAME);
    assertThat(refusedPut("n".repeat(513), "x")).isEqualTo(S3ErrorCode.ANNOTATION_NAME_TOO_LONG);
    assertThat(refusedPut("a", "")).isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(refusedPut("a", "x".repeat((1 << 20) + 1))).isEqualTo(S3ErrorCode.ENTITY_TOO_LARGE);
    assertThat(gateway.refusedBody("x", "PUT /bucket/none?annotation&annotationName=a").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void anObjectHasSoManyAndNoMore() throws IOException {
    for (int i = 0; i < 16; i++) {
      put("large" + i, "x".repeat(1 << 20));
    }
    assertThat(refusedPut("more", "x")).isEqualTo(S3ErrorCode.ANNOTATION_LIMIT_EXCEEDED);
    put("large0", "small");
    put("more", "x");
  }

  @Test
  void theObjectsTagIsACondition() throws IOException {
    assertThat(refusedPut("a", "x", "x-amz-object-if-match: \"other\""))
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
    String tag = gateway.send("HEAD /bucket/k").header("ETag");
    put("a", "x", "x-amz-object-if-match: " + tag);
    assertThat(gateway.refused("DELETE " + NAMED + "a", "x-amz-object-if-match: \"other\"").code())
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
    assertThat(get("a").body()).isEqualTo("x");
  }

  @Test
  void aCopyTakesThemUnlessItIsToldNotTo() throws IOException {
    put("a", "one");
    put("b", "two");
    gateway.send("PUT /bucket/c", "x-amz-copy-source: /bucket/k");
    assertThat(gateway.send("GET /bucket/c?annotation&annotationName=b").body()).isEqualTo("two");
    gateway.send("DELETE " + NAMED + "b");
    assertThat(gateway.send("GET /bucket/c?annotation&annotationName=b").body()).isEqualTo("two");
    String directive = "x-amz-object-annotation-directive: ";
    gateway.send("PUT /bucket/d", "x-amz-copy-source: /bucket/k", directive + "EXCLUDE");
    assertThat(gateway.send("GET /bucket/d?annotation").element("AnnotationCount")).isEqualTo("0");
    assertThat(
            gateway
                .refused("PUT /bucket/d", "x-amz-copy-source: /bucket/k", directive + "REPLACE")
                .code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(gateway.refused("PUT /bucket/d", directive + "COPY").code())
        .isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
  }

  @Test
  void thoseOfALockedVersionStay() throws IOException {
    gateway.send("PUT /locked", "x-amz-bucket-object-lock-enabled: true");
    gateway.sendBody("test", "PUT /locked/k", MD5);
    String named = " /locked/k?annotation&annotationName=a";
    gateway.sendBody("x", "PUT" + named);
    gateway.sendBody("<LegalHold><Status>ON</Status></LegalHold>", "PUT /locked/k?legal-hold", MD5);
    assertThat(gateway.refused("DELETE" + named).code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.refusedBody("y", "PUT" + named).code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.sendBody("y", "PUT" + named + "2").status()).isEqualTo(200);
    assertThat(gateway.send("GET" + named).body()).isEqualTo("x");
  }

  @Test
  void thoseThatRaceAreAllThere() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i : IntStream.range(0, 40).toArray()) {
        answers.add(threads.submit(() -> put("n" + i, "payload " + i)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
    for (int i = 0; i < 40; i++) {
      assertThat(get("n" + i).body()).isEqualTo("payload " + i);
    }
  }
}
