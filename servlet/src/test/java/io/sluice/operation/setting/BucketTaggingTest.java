package io.sluice.operation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3Exception;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTaggingTest {
  private static final String DIGEST = "Content-MD5: checked elsewhere";

  private RequestFixture gateway;

  @BeforeEach
  void createBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private static String tag(String key, String value) {
    return "<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>";
  }

  private Answer put(String tags) throws IOException {
    return gateway.sendBody(document(tags), "PUT /bucket?tagging", DIGEST);
  }

  private S3Exception refused(String tags) {
    return gateway.refusedBody(document(tags), "PUT /bucket?tagging", DIGEST);
  }

  private static String document(String tags) {
    return "<Tagging><TagSet>" + tags + "</TagSet></Tagging>";
  }

  @Test
  void tagsAreKeptInOrderAndGo() throws IOException {
    assertThat(put(tag("b", "2") + tag("a", "")).status()).isEqualTo(200);

    assertThat(gateway.send("GET /bucket?tagging").body())
        .containsSubsequence("<Key>b</Key><Value>2</Value>", "<Key>a</Key>");

    assertThat(gateway.send("DELETE /bucket?tagging").status()).isEqualTo(204);
    assertThat(gateway.send("DELETE /bucket?tagging").status()).isEqualTo(204);
    S3Exception none = gateway.refused("GET /bucket?tagging");
    assertThat(none.code().wireCode()).isEqualTo("NoSuchTagSet");
    assertThat(none.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "aws:mine, v, InvalidTag",
    "'', v, InvalidTag",
    "a{b, v, InvalidTag",
    "k, v;w, InvalidTag"
  })
  void aTagThatAwsRefusesIsRefused(String key, String value, String code) {
    assertThat(refused(tag(key, value)).code().wireCode()).isEqualTo(code);
  }

  @Test
  void keysDifferAndLengthsAreLimited() throws IOException {
    assertThat(refused(tag("k", "1") + tag("k", "2")).code().wireCode()).isEqualTo("InvalidTag");
    assertThat(refused(tag("k".repeat(129), "")).code().wireCode()).isEqualTo("InvalidTag");
    assertThat(refused(tag("k", "v".repeat(257))).code().wireCode()).isEqualTo("InvalidTag");
    assertThat(put(tag("k".repeat(128), "v".repeat(256))).status()).isEqualTo(200);
  }

  @Test
  void fiftyTagsFitAndNotOneMore() throws IOException {
    assertThat(put(tags(50)).status()).isEqualTo(200);
    assertThat(refused(tags(51)).code().wireCode()).isEqualTo("BadRequest");
  }

  private static String tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> tag("k" + i, "v")).collect(Collectors.joining());
  }

  @Test
  void aDocumentComesWithADigestAndATagSet() {
    assertThat(gateway.refusedBody(document(""), "PUT /bucket?tagging").code().wireCode())
        .isEqualTo("InvalidRequest");
    assertThat(gateway.refusedBody("<Tagging/>", "PUT /bucket?tagging", DIGEST).code().wireCode())
        .isEqualTo("MalformedXML");
  }
}
