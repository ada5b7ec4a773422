package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

@OverTls
class GetObjectIT extends GatewayCase {
  private static final String TEXT = "0123456789";
  private static final String ETAG = '"' + Hashes.md5(TEXT.getBytes(StandardCharsets.UTF_8)) + '"';

  @BeforeEach
  void putTenBytes() {
    put("k", TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=1-5,   12345,      bytes 1-5/10",
    "bytes=4-,    456789,     bytes 4-9/10",
    "bytes=6-15,  6789,       bytes 6-9/10",
    "bytes=-7,    3456789,    bytes 3-9/10",
    "bytes=-99,   0123456789, bytes 0-9/10",
    "bytes=0-0,   0,          bytes 0-0/10"
  })
  void aRangeIsThatPart(String range, String text, String contentRange) {
    ResponseBytes<GetObjectResponse> answer =
        s3.getObjectAsBytes(r -> r.bucket(bucket).key("k").range(range));

    assertThat(answer.asUtf8String()).isEqualTo(text);
    assertThat(answer.response().contentRange()).isEqualTo(contentRange);
    assertThat(answer.response().contentLength()).isEqualTo(text.length());
    assertThat(answer.response().sdkHttpResponse().statusCode()).isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void aRangeBehindTheEndIsNotSatisfiable(String range) throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "GET", "/" + bucket + "/k").header("range", range).send();

    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.errorCode()).isEqualTo("InvalidRange");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=5-1", "octets=1-2", "bytes=x-y", "nonsense"})
  void aRangeThatIsNoneIsIgnored(String range) throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "GET", "/" + bucket + "/k").header("range", range).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(TEXT);
  }

  @Test
  void tellsEtagTimeAndThatRangesWork() {
    GetObjectResponse answer = s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).response();

    assertThat(answer.eTag()).isEqualTo(ETAG);
    assertThat(answer.acceptRanges()).isEqualTo("bytes");
    assertThat(answer.lastModified())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({"If-None-Match,same,304", "If-None-Match,other,200", "If-None-Match,*,304"})
  void ifNoneMatch(String header, String value, int status) throws IOException {
    assertThat(conditional(header, value).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"If-Match,same,200", "If-Match,other,412", "If-Match,*,200"})
  void ifMatch(String header, String value, int status) throws IOException {
    assertThat(conditional(header, value).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "If-Modified-Since,   'Wed, 01 Jan 2020 00:00:00 GMT', 200",
    "If-Unmodified-Since, 'Wed, 01 Jan 2020 00:00:00 GMT', 412"
  })
  void conditionsOnTime(String header, String value, int status) throws IOException {
    assertThat(conditional(header, value).status()).isEqualTo(status);
  }

  private RawResponse conditional(String header, String value) throws IOException {
    String sent = value.equals("same") ? ETAG : value.equals("other") ? "\"0\"" : value;
    return RawRequest.of(gateway, "GET", "/" + bucket + "/k").header(header, sent).send();
  }

  @Test
  void aNotModifiedAnswerStillTellsTheEtag() throws IOException {
    RawResponse answer = conditional("If-None-Match", "same");

    assertThat(answer.header("etag")).isEqualTo(ETAG);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void queryKeysOverrideHeaders() {
    GetObjectResponse answer =
        s3.getObjectAsBytes(
                r ->
                    r.bucket(bucket)
                        .key("k")
                        .responseContentType("text/x-other")
                        .responseCacheControl("no-store")
                        .responseContentDisposition("attachment; filename=\"b\"")
                        .responseContentLanguage("fr"))
            .response();

    assertThat(answer.contentType()).startsWith("text/x-other");
    assertThat(answer.cacheControl()).isEqualTo("no-store");
    assertThat(answer.contentDisposition()).isEqualTo("attachment; filename=\"b\"");
    assertThat(answer.contentLanguage()).isEqualTo("fr");
  }

  @Test
  void aMissingKeyIsNoSuchKey() {
    assertThatThrownBy(() -> get("missing")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aMissingBucketIsNoSuchBucket() {
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket(newBucketName()).key("k")))
        .isInstanceOf(NoSuchBucketException.class);
  }
}
