package io.sluice.operation.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListBucketsTest {
  private static final Identity OTHER =
      new Identity("b".repeat(64), "other", "AKIDOTHER", Identity.Role.USER);
  private static final Identity ADMIN =
      new Identity("c".repeat(64), "admin", "AKIDADMIN", Identity.Role.ADMIN);

  private final RequestFixture gateway = new RequestFixture();

  @BeforeEach
  void makeBuckets() throws IOException {
    gateway.send("PUT /one");
    gateway.send("PUT /three");
    gateway.sendBody(
        "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            + "</CreateBucketConfiguration>",
        "PUT /two");
    gateway.as(OTHER).send("PUT /others");
    gateway.as(RequestFixture.OWNER);
  }

  @Test
  void namesOwnerDateRegionAndProvider() throws IOException {
    Answer answer = gateway.send("GET /?prefix=one");
    assertThat(answer.body())
        .startsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<Owner><ID>"
                + "a".repeat(64)
                + "</ID><DisplayName>owner</DisplayName></Owner><Buckets><Bucket><Name>one</Name>"
                + "<CreationDate>2026-01-02T03:04:05.678Z</CreationDate>"
                + "<BucketRegion>us-east-1</BucketRegion><String>Provider: ")
        .endsWith("</String></Bucket></Buckets><Prefix>one</Prefix></ListAllMyBucketsResult>");
  }

  @Test
  void anAccountSeesItsOwnAndAnAdministratorAll() throws IOException {
    assertThat(gateway.send("GET /").body())
        .contains("<Name>one<", "<Name>three<", "<Name>two<")
        .doesNotContain("<Name>others<");
    assertThat(gateway.as(ADMIN).send("GET /").body())
        .contains("<Name>one<", "<Name>others<", "<Name>three<", "<Name>two<");
  }

  @Test
  void pagesHoldEachBucketOnce() throws IOException {
    Answer first = gateway.send("GET /?max-buckets=2");
    assertThat(first.body()).contains("<Name>one<", "<Name>three<").doesNotContain("<Name>two<");
    String token = first.element("ContinuationToken");
    Answer second = gateway.send("GET /?max-buckets=2&continuation-token=" + token);
    assertThat(second.body()).contains("<Name>two<").doesNotContain("<Name>one<");
    assertThat(second.element("ContinuationToken")).isNull();
  }

  @Test
  void ofARegion() throws IOException {
    assertThat(gateway.send("GET /?bucket-region=eu-west-1").body())
        .contains("<Name>two<")
        .doesNotContain("<Name>one<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"max-buckets=0", "max-buckets=x", "max-buckets=10001", "continuation-token=%25"})
  void refusedParameters(String query) {
    assertThat(gateway.refused("GET /?" + query).code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }
}
