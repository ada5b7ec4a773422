package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

/** Browser uploads, byte by byte. */
@OverTls
class PostObjectIT extends GatewayCase {
  private static final int MEBIBYTE = 1024 * 1024;

  private PostedForm form(String key) {
    return PostedForm.of(gateway, bucket, key);
  }

  private PostedForm anyKey(String key) {
    return form(key).condition("['starts-with','$key','']");
  }

  private boolean isEmpty() {
    return s3.listObjectsV2(request -> request.bucket(bucket)).keyCount() == 0;
  }

  private void assertRefused(RawResponse answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(isEmpty()).isTrue();
  }

  @Test
  void aFormSignedWithVersion4IsStored() throws IOException {
    RawResponse answer =
        form("user/${filename}")
            .condition("['starts-with','$key','user/']")
            .covered("Content-Type", "image/jpeg")
            .covered("x-amz-meta-uuid", "14365123651274")
            .covered("acl", "private")
            .condition("['content-length-range',1,1048576]")
            .field("x-ignore-me", "x")
            .signV4(Account.TESTER)
            .post();

    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    assertThat(answer.header("etag")).isEqualTo("\"9a0364b9e99bb480dd25e1f0284c8555\"");
    assertThat(answer.header("location"))
        .isEqualTo(gateway.endpoint() + "/" + bucket + "/user/photo.jpg");
    assertThat(get("user/photo.jpg")).isEqualTo("content");
    HeadObjectResponse head =
        s3.headObject(request -> request.bucket(bucket).key("user/photo.jpg"));
    assertThat(head.contentType()).isEqualTo("image/jpeg");
    assertThat(head.metadata()).containsEntry("uuid", "14365123651274");
  }

  @Test
  void aFormSignedWithVersion2IsStored() throws IOException {
    assertThat(anyKey("k").signV2(Account.TESTER).post().status()).isEqualTo(204);
    assertThat(get("k")).isEqualTo("content");
  }

  @Test
  void theBucketMayStandInTheHost() throws IOException {
    assumeThat(gateway.external()).isFalse();
    Gateway root = new Gateway(gateway.name(), gateway.root(), gateway.process());
    String host = bucket + "." + Gateway.BASE_DOMAIN + ":" + gateway.endpoint().getPort();

    RawResponse answer =
        RawRequest.of(root, "POST", "/")
            .header("host", host)
            .header("content-type", "multipart/form-data; boundary=" + PostedForm.BOUNDARY)
            .body(
                anyKey("a b").covered("success_action_status", "201").signV4(Account.TESTER).body())
            .sendAnonymously();

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.text())
        .contains(
            "<PostResponse",
            "<Location>" + gateway.endpoint().getScheme() + "://" + host + "/a%20b</Location>")
        .contains("<Bucket>" + bucket + "</Bucket>", "<Key>a b</Key>", "<ETag>");
    assertThat(get("a b")).isEqualTo("content");
  }

  @Test
  void theBrowserIsSentOn() throws IOException {
    RawResponse answer =
        anyKey("k")
            .covered("success_action_redirect", "http://example.test/done")
            .signV4(Account.TESTER)
            .post();

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location"))
        .isEqualTo(
            "http://example.test/done?bucket="
                + bucket
                + "&key=k&etag=%229a0364b9e99bb480dd25e1f0284c8555%22");
  }

  @Test
  void tagsAreSet() throws IOException {
    String tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    assertThat(anyKey("k").covered("tagging", tagging).signV4(Account.TESTER).post().status())
        .isEqualTo(204);
    assertThat(s3.getObjectTagging(request -> request.bucket(bucket).key("k")).tagSet())
        .singleElement()
        .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("a=b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['eq','$key','k'] | 204 | ''",
        "{'key':'k'} | 204 | ''",
        "['starts-with','$KEY','k'] | 204 | ''",
        "['starts-with','$key',''],['content-length-range',7,7] | 204 | ''",
        "['eq','$key','l'] | 403 | AccessDenied",
        "{'key':'K'} | 403 | AccessDenied",
        "['starts-with','$key','l'] | 403 | AccessDenied",
        "{'key':'k'},{'acl':'private'} | 403 | AccessDenied",
        "['content-length-range',0,100] | 403 | AccessDenied",
        "{'key':'k'},['content-length-range',0,6] | 400 | EntityTooLarge",
        "{'key':'k'},['content-length-range',8,100] | 400 | EntityTooSmall",
        "{} | 400 | InvalidPolicyDocument",
        "['content-length-range',0] | 400 | InvalidPolicyDocument",
      })
  void aConditionHoldsOrTheFormIsRefused(String condition, int status, String code)
      throws IOException {
    RawResponse answer = form("k").condition(condition).signV4(Account.TESTER).post();

    if (status == 204) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(204);
      assertThat(get("k")).isEqualTo("content");
    } else {
      assertRefused(answer, status, code);
    }
  }

  @Test
  void whoIsNotAllowedIsRefused() throws IOException {
    assertRefused(anyKey("k").post(), 403, "AccessDenied");
    Account wrong = new Account(Account.TESTER.accessKey(), "not the secret");
    assertRefused(anyKey("k").signV4(wrong).post(), 403, "SignatureDoesNotMatch");
    assertRefused(anyKey("k").signV2(wrong).post(), 403, "SignatureDoesNotMatch");
    Account unknown = new Account("NOBODYNOBODYNOBODY00", "x");
    assertRefused(anyKey("k").signV4(unknown).post(), 403, "InvalidAccessKeyId");
    assertRefused(anyKey("k").signV4(Account.OTHER).post(), 403, "AccessDenied");
    RawResponse expired =
        anyKey("k").expires(Instant.now().minusSeconds(1)).signV4(Account.TESTER).post();
    assertRefused(expired, 403, "AccessDenied");
    assertThat(expired.text()).contains("Policy expired.");
    assertRefused(
        anyKey("k").field("x-amz-meta-a", "b").signV4(Account.TESTER).post(), 403, "AccessDenied");
  }

  @Test
  void nobodyMayPostWhereEverybodyMayWrite() throws IOException {
    OwnershipControlsRule byWriter =
        OwnershipControlsRule.builder().objectOwnership(ObjectOwnership.OBJECT_WRITER).build();
    s3.putBucketOwnershipControls(
        request -> request.bucket(bucket).ownershipControls(controls -> controls.rules(byWriter)));
    s3.putBucketAcl(request -> request.bucket(bucket).acl(BucketCannedACL.PUBLIC_READ_WRITE));

    assertThat(form("k").post().status()).isEqualTo(204);
    assertThat(RawRequest.of(gateway, "HEAD", "/" + bucket + "/k").send().status()).isEqualTo(200);
  }

  @Test
  void thePolicyOfTheBucketDecidesAboutTheSigner() throws IOException {
    String statement =
        "{'Effect':'Allow','Principal':'*','Action':'s3:PutObject',"
            + "'Resource':'arn:aws:s3:::%s/%s/*','Condition':{'StringEquals':{%s}}}";
    String signed = "'s3:authType':'POST','s3:signatureversion':'AWS4-HMAC-SHA256'";
    String statements =
        statement.formatted(bucket, "signed", signed)
            + ","
            + statement.formatted(bucket, "linked", "'aws:Referer':'http://page'");
    String policy = "{'Version':'2012-10-17','Statement':[" + statements + "]}";
    s3.putBucketPolicy(request -> request.bucket(bucket).policy(policy.replace('\'', '"')));

    assertRefused(anyKey("signed/k").signV2(Account.OTHER).post(), 403, "AccessDenied");
    assertRefused(anyKey("other/k").signV4(Account.OTHER).post(), 403, "AccessDenied");
    assertRefused(form("signed/k").post(), 403, "AccessDenied");
    assertRefused(form("linked/k").field("referer", "http://page").post(), 403, "AccessDenied");
    assertThat(anyKey("signed/k").signV4(Account.OTHER).post().status()).isEqualTo(204);
    RawRequest linked = form("linked/k").request().header("referer", "http://page");
    assertThat(linked.body(form("linked/k").body()).sendAnonymously().status()).isEqualTo(204);
  }

  @Test
  void whatIsNoFormIsRefused() throws IOException {
    assertRefused(
        RawRequest.of(gateway, "POST", "/" + bucket).body("a=b").sendAnonymously(),
        412,
        "PreconditionFailed");
    assertRefused(
        form("k").request().body("--nothing--").sendAnonymously(), 400, "MalformedPOSTRequest");
    assertRefused(
        anyKey("k").covered("x-amz-meta-a", "x".repeat(20_480)).signV4(Account.TESTER).post(),
        400,
        "MaxPostPreDataLengthExceeded");
  }

  @Test
  void noOtherRequestGetsInByAForm() throws IOException {
    byte[] body = anyKey("k").signV4(Account.TESTER).body();
    String type = "multipart/form-data; boundary=" + PostedForm.BOUNDARY;
    for (String target : new String[] {"PUT /%s/k", "PUT /%s?policy", "POST /%s/k?uploads"}) {
      String[] words = target.formatted(bucket).split(" ");
      RawResponse answer =
          RawRequest.of(gateway, words[0], words[1])
              .header("content-type", type)
              .body(body)
              .sendAnonymously();
      assertRefused(answer, 403, "AccessDenied");
    }
  }

  @Test
  void aSignedRequestIsHeldToTheHashOfItsBody() throws IOException {
    byte[] body = form("k").body();
    RawResponse wrong = form("k").request().payloadHash(Hashes.sha256("x")).body(body).send();
    assertRefused(wrong, 400, "XAmzContentSHA256Mismatch");

    RawResponse right = form("k").request().payloadHash(Hashes.sha256(body)).body(body).send();
    assertThat(right.status()).as(right.text()).isEqualTo(204);
  }

  @Test
  void chunksNeedNoLength() throws IOException {
    byte[] file = new byte[300_000];
    new Random(1).nextBytes(file);
    RawResponse answer = anyKey("k").signV4(Account.TESTER).file(file).postChunked(true);

    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("k")).asByteArray())
        .isEqualTo(file);
  }

  @Test
  void whatIsCutOffIsNotStored() throws IOException {
    byte[] body = anyKey("k").signV4(Account.TESTER).file(new byte[200_000]).body();
    int end = PostedForm.behindFile().length;
    for (int missing : new int[] {1, 3, end - 1, end, end + 1, end + 100_000}) {
      byte[] cut = Arrays.copyOf(body, body.length - missing);
      String head = form("k").head("Content-Length: " + body.length);
      cutOff(head, cut);
      assertThat(isEmpty()).as("%d bytes missing", missing).isTrue();
      if (missing > 2) {
        RawResponse whole = form("k").request().body(cut).sendAnonymously();
        assertRefused(whole, 400, "MalformedPOSTRequest");
      }
    }
  }

  /** Sends less than announced; whether an answer comes at all is the container's choice. */
  private void cutOff(String head, byte[] body) throws IOException {
    try (Socket socket = RawHttp.connect(gateway.endpoint())) {
      RawHttp.write(socket, head, body);
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("HTTP/1.1 20");
    }
  }

  @Test
  void aLargeFileIsStreamed() throws Exception {
    int blocks = 100;
    PostedForm form = anyKey("large").signV4(Account.TESTER);
    byte[] before = form.beforeFile();
    byte[] behind = PostedForm.behindFile();
    long length = before.length + (long) blocks * MEBIBYTE + behind.length;
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    byte[] block = new byte[MEBIBYTE];
    new Random(2).nextBytes(block);
    try (Socket socket = RawHttp.connect(gateway.endpoint())) {
      RawHttp.write(socket, form.head("Content-Length: " + length), before);
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < blocks; i++) {
        ByteBuffer.wrap(block).putInt(i);
        md5.update(block);
        out.write(block);
      }
      out.write(behind);
      RawResponse answer = RawHttp.read(socket);
      assertThat(answer.status()).as(answer.text()).isEqualTo(204);
      assertThat(answer.header("etag"))
          .isEqualTo('"' + HexFormat.of().formatHex(md5.digest()) + '"');
    }
    assertThat(s3.headObject(request -> request.bucket(bucket).key("large")).contentLength())
        .isEqualTo((long) blocks * MEBIBYTE);
  }
}
