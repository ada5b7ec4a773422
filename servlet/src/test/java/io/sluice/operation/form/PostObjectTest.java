package io.sluice.operation.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.Answer;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms over a store in memory; signatures and streams have tests of their own. */
class PostObjectTest {
  private static final String TYPE = "Content-Type: multipart/form-data; boundary=bound";

  /** A policy under which everything goes. */
  private static final String ANYTHING =
      "{\"expiration\":\"2026-01-03T00:00:00Z\",\"conditions\":[{\"bucket\":\"%s\"}%s]}";

  private RequestFixture gateway = new RequestFixture();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private String content = "content";

  @BeforeEach
  void createBucket() throws IOException {
    gateway = RequestFixture.withBucket().authorizing();
    fields.put("key", "a/b c.txt");
  }

  private String form() {
    StringBuilder form = new StringBuilder();
    fields.forEach(
        (name, value) ->
            form.append("--bound\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    return form
        + "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n"
        + "Content-Type: image/png\r\n\r\n"
        + content
        + "\r\n--bound--\r\n";
  }

  private void sign(String bucket) {
    StringBuilder conditions = new StringBuilder();
    fields.keySet().forEach(name -> conditions.append(",[\"starts-with\",\"$" + name + "\",\"\"]"));
    signPolicy(ANYTHING.formatted(bucket, conditions));
  }

  private void signPolicy(String json) {
    String policy = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    fields.put("AWSAccessKeyId", RequestFixture.OWNER.accessKeyId());
    fields.put("policy", policy);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      byte[] secret = FixtureAccounts.SECRET.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] signature = mac.doFinal(policy.getBytes(StandardCharsets.UTF_8));
      fields.put("signature", Base64.getEncoder().encodeToString(signature));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer post() throws IOException {
    sign("bucket");
    return gateway.as(Identity.ANONYMOUS).sendBody(form(), "POST /bucket", TYPE);
  }

  private S3Exception refused() {
    sign("bucket");
    return gateway.as(Identity.ANONYMOUS).refusedBody(form(), "POST /bucket", TYPE);
  }

  private Answer get(String line, String... headers) throws IOException {
    return gateway.as(RequestFixture.OWNER).send(line, headers);
  }

  @Test
  void anAclIsTheFormsToo() throws IOException {
    fields.put("acl", "public-read");
    assertThat(refused().code()).isEqualTo(S3ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
    get("DELETE /bucket?ownershipControls");
    post();
    assertThat(get("GET /bucket/a/b%20c.txt?acl").body()).contains("AllUsers", "READ");
  }

  @Test
  void theSignerOfAFormIsItsRequester() throws IOException {
    gateway.sendBody(
        "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
        "PUT /bucket?requestPayment");
    assertThat(post().header("x-amz-request-charged")).isNull();
  }

  @Test
  void theFileIsStoredWithWhatTheFormSays() throws IOException {
    fields.put("Content-Type", "text/plain");
    fields.put("Cache-Control", "no-store");
    fields.put("x-amz-meta-Uuid", "\u00fc");
    fields.put("x-amz-storage-class", "STANDARD_IA");
    fields.put("acl", "private");
    fields.put("x-ignore-this", "x");
    Answer answer = post();
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    Answer stored = get("GET /bucket/a/b%20c.txt");
    assertThat(stored.body()).isEqualTo("content");
    assertThat(stored.header("ETag")).isEqualTo(answer.header("ETag"));
    assertThat(stored.header("Content-Type")).isEqualTo("text/plain");
    assertThat(stored.header("Cache-Control")).isEqualTo("no-store");
    assertThat(stored.header("x-amz-meta-uuid")).isEqualTo("=?UTF-8?B?w7w=?=");
    assertThat(stored.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    assertThat(stored.header("x-amz-meta-ignore-this")).isNull();
  }

  @Test
  void withoutATypeTheFileHasTheDefaultOne() throws IOException {
    post();
    assertThat(get("HEAD /bucket/a/b%20c.txt").header("Content-Type"))
        .isEqualTo("binary/octet-stream");
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "201, 201", "204, 204", "404, 204", "'', 204"})
  void theAnswerHasTheStatusThatIsAskedFor(String asked, int status) throws IOException {
    fields.put("success_action_status", asked);
    Answer answer = post();
    assertThat(answer.status()).isEqualTo(status);
    if (status == 201) {
      assertThat(answer.body()).contains("<PostResponse");
      assertThat(answer.element("Location")).isEqualTo("/bucket/a/b%20c.txt");
      assertThat(answer.element("Bucket")).isEqualTo("bucket");
      assertThat(answer.element("Key")).isEqualTo("a/b c.txt");
      assertThat(answer.element("ETag")).isEqualTo(answer.header("ETag").replace("\"", "&quot;"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "success_action_redirect, http://x/y, http://x/y?",
    "redirect, https://x/y?a=b, https://x/y?a=b&",
    "success_action_redirect, http://x/y#z, http://x/y?",
  })
  void theBrowserIsSentOn(String field, String url, String begin) throws IOException {
    fields.put(field, url);
    Answer answer = post();
    assertThat(answer.status()).isEqualTo(303);
    String etag = String.valueOf(answer.header("ETag")).replace("\"", "%22");
    assertThat(answer.header("Location"))
        .startsWith(begin + "bucket=bucket&key=a%2Fb%20c.txt&etag=" + etag)
        .endsWith(url.endsWith("#z") ? "#z" : etag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "//x/y", "http://x/ y", "http:///y", "\u00fc"})
  void whatIsNoAddressIsIgnored(String url) throws IOException {
    fields.put("success_action_redirect", url);
    assertThat(post().status()).isEqualTo(204);
  }

  @Test
  void tagsComeAsADocument() throws IOException {
    fields.put(
        "tagging",
        "<Tagging><TagSet><Tag><Key>a b</Key><Value>1&amp;2=3</Value></Tag></TagSet></Tagging>");
    assertThat(post().status()).isEqualTo(204);
    Answer tags = get("GET /bucket/a/b%20c.txt?tagging");
    assertThat(tags.element("Key")).isEqualTo("a b");
    assertThat(tags.element("Value")).isEqualTo("1&amp;2=3");
    fields.clear();
    fields.put("key", "k");
    fields.put("tagging", "<Tagging>");
    assertThat(refused().code()).isEqualTo(S3ErrorCode.MALFORMED_XML);
  }

  @Test
  void aChecksumIsVerified() throws IOException {
    fields.put("x-amz-checksum-crc32", "AAAAAA==");
    assertThat(refused().code()).isEqualTo(S3ErrorCode.BAD_DIGEST);
    fields.clear();
    fields.put("key", "k");
    content = "123456789";
    fields.put("x-amz-checksum-crc32", "y/Q5Jg==");
    assertThat(post().header("x-amz-checksum-crc32")).isEqualTo("y/Q5Jg==");
  }

  @Test
  void theDefaultRetentionHolds() throws IOException {
    gateway.send("PUT /locked", "x-amz-bucket-object-lock-enabled: true");
    gateway.sendBody(
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
            + "<DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule>"
            + "</ObjectLockConfiguration>",
        "PUT /locked?object-lock",
        "Content-MD5: x");
    fields.put("x-amz-object-lock-legal-hold", "ON");
    sign("locked");
    Answer answer = gateway.as(Identity.ANONYMOUS).sendBody(form(), "POST /locked", TYPE);
    assertThat(answer.status()).isEqualTo(204);
    Answer stored = get("HEAD /locked/a/b%20c.txt");
    assertThat(stored.header("x-amz-object-lock-mode")).isEqualTo("GOVERNANCE");
    assertThat(stored.header("x-amz-object-lock-legal-hold")).isEqualTo("ON");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-server-side-encryption-customer-algorithm, AES256, NOT_IMPLEMENTED",
    "x-amz-write-offset-bytes, 0, NOT_IMPLEMENTED",
    "x-amz-copy-source, /bucket/x, NOT_IMPLEMENTED",
    "x-amz-trailer, x-amz-checksum-crc32, NOT_IMPLEMENTED",
    "x-amz-storage-class, X, INVALID_STORAGE_CLASS",
    "x-amz-meta-a, 'a\r\nb: c', INVALID_ARGUMENT",
    "x-amz-meta-a b, c, INVALID_ARGUMENT",
    "content-md5, x, INVALID_DIGEST",
    "x-amz-expected-bucket-owner, 000000000000, ACCESS_DENIED",
  })
  void aFieldThatIsNotHonouredIsRefused(String name, String value, S3ErrorCode code)
      throws IOException {
    fields.put(name, value);
    assertThat(refused().code()).isEqualTo(code);
    assertThat(get("GET /bucket").body()).doesNotContain("<Key>");
  }

  @ParameterizedTest
  @CsvSource({"0, 6, ENTITY_TOO_LARGE", "8, 10, ENTITY_TOO_SMALL"})
  void theFileHasTheLengthThatThePolicyAllows(int least, int most, S3ErrorCode code)
      throws IOException {
    signPolicy(
        ANYTHING.formatted(
            "bucket",
            ",[\"eq\",\"$key\",\"a/b c.txt\"],[\"content-length-range\","
                + least
                + ","
                + most
                + "]"));
    gateway.as(Identity.ANONYMOUS);
    assertThat(gateway.refusedBody(form(), "POST /bucket", TYPE).code()).isEqualTo(code);
    assertThat(get("GET /bucket").body()).doesNotContain("<Key>");
  }

  @Test
  void aPolicyIsForItsBucketAlone() throws IOException {
    gateway.send("PUT /other");
    sign("bucket");
    gateway.as(Identity.ANONYMOUS);
    S3Exception refusal = gateway.refusedBody(form(), "POST /other", TYPE);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusal.message()).contains("$bucket");
  }

  @Test
  void theSignerMustBeAllowedToWrite() throws IOException {
    gateway.as(new Identity("b".repeat(64), "other", "OTHER", Identity.Role.USER));
    gateway.send("PUT /foreign");
    sign("foreign");
    gateway.as(Identity.ANONYMOUS);
    S3Exception refusal = gateway.refusedBody(form(), "POST /foreign", TYPE);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusal.message()).isEqualTo("Access Denied");
  }

  @Test
  void nobodyIsAuthorizedAsNobody() {
    gateway.as(Identity.ANONYMOUS);
    assertThat(gateway.refusedBody(form(), "POST /bucket", TYPE).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
  }

  @Test
  void nobodyMayPostWhereEverybodyMayWrite() throws IOException {
    gateway.send(
        "PUT /open", "x-amz-object-ownership: ObjectWriter", "x-amz-acl: public-read-write");
    fields.put("acl", "public-read");
    gateway.as(Identity.ANONYMOUS);
    assertThat(gateway.sendBody(form(), "POST /open", TYPE).status()).isEqualTo(204);
    assertThat(get("GET /open/a/b%20c.txt?acl").body())
        .contains("http://acs.amazonaws.com/groups/global/AllUsers");
  }

  @Test
  void aSignedRequestNeedsNoSignedForm() throws IOException {
    gateway.as(RequestFixture.OWNER);
    assertThat(gateway.sendBody(form(), "POST /bucket", TYPE).status()).isEqualTo(204);
    sign("bucket");
    assertThat(gateway.refusedBody(form(), "POST /bucket", TYPE).code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void aKeyMustBeThere() {
    fields.put("key", "");
    assertThat(refused().message()).isEqualTo("User key must have a length greater than 0.");
    fields.clear();
    S3Exception refusal = refused();
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal.details()).containsEntry("ArgumentName", "key");
  }

  @Test
  void anotherBodyIsRefused() {
    assertThat(gateway.refusedBody("a=b", "POST /bucket").code())
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
  }
}
