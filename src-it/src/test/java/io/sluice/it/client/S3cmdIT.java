package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/**
 * s3cmd with the gateway's prefix inside its host option: it then sends {@code /s3/bucket/key} but
 * signs {@code /bucket/key} for the host {@code address/s3}.
 */
class S3cmdIT extends ClientCase {

  @BeforeEach
  void needsThePrefix() {
    assumeThat(gateway.prefix()).isEqualTo("/s3");
  }

  private Tool s3cmd() {
    return s3cmd(Account.TESTER);
  }

  private Tool s3cmd(Account account) {
    String host = gateway.authority() + "/s3";
    return tool(
        "s3cmd",
        "--config=/dev/null",
        "--no-check-certificate",
        overTls() ? "--ssl" : "--no-ssl",
        "--host=" + host,
        "--host-bucket=" + host + "/%(bucket)",
        "--access_key=" + account.accessKey(),
        "--secret_key=" + account.secretKey());
  }

  @Test
  void putsAndGets() throws Exception {
    Path file = file("f", 123_456);

    Tool.Result put = s3cmd().run("put", "f", "s3://" + bucket + "/f");
    put.ok();
    assertThat(put.out() + put.err()).doesNotContain("MD5");
    s3cmd().run("get", "s3://" + bucket + "/f", "g").ok();

    assertThat(directory.resolve("g")).hasSameBinaryContentAs(file);
  }

  @Test
  void makesListsAndRemovesBuckets() throws Exception {
    String name = newBucketName();
    s3cmd().run("mb", "s3://" + name).ok();
    put("f", "hello");

    assertThat(s3cmd().run("ls").ok())
        .contains("s3://" + bucket, "s3://" + name)
        .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  s3://");
    assertThat(s3cmd().run("ls", "s3://" + bucket).ok())
        .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +5 +s3://" + bucket + "/f");
    s3cmd().run("rb", "s3://" + name).ok();
    s3cmd().run("del", "s3://" + bucket + "/f").ok();
    assertThat(s3cmd().run("ls", "s3://" + bucket).ok()).isBlank();
  }

  @Test
  void tellsAboutObjectsAndBuckets() throws Exception {
    Path file = file("f", 1000);
    s3cmd().run("put", "f", "s3://" + bucket + "/f").ok();

    assertThat(s3cmd().run("info", "s3://" + bucket + "/f").ok())
        .contains("File size: 1000", Hashes.md5(Files.readAllBytes(file)))
        .doesNotContain("1754", "1970");
    assertThat(s3cmd().run("info", "s3://" + bucket).ok()).contains("Location:  us-east-1");
  }

  @Test
  void makesPublicAndPrivateAgain() throws Exception {
    String shared = newBucketName();
    s3.createBucket(r -> r.bucket(shared).objectOwnership(ObjectOwnership.OBJECT_WRITER));
    s3.putObject(r -> r.bucket(shared).key("f"), RequestBody.fromString("hello"));
    String address = "/" + shared + "/f";

    s3cmd().run("setacl", "--acl-public", "s3:/" + address).ok();
    assertThat(s3cmd().run("info", "s3:/" + address).ok()).contains("*anon*: READ");
    assertThat(RawRequest.of(gateway, "GET", address).sendAnonymously().text()).isEqualTo("hello");
    s3cmd().run("setacl", "--acl-private", "s3:/" + address).ok();
    assertThat(RawRequest.of(gateway, "GET", address).sendAnonymously().status()).isEqualTo(403);
    s3cmd().run("setacl", "--acl-grant=read:third@example.com", "s3:/" + address).ok();
    assertThat(s3cmd().run("info", "s3:/" + address).ok()).contains("third: READ");
  }

  @Test
  void copies() throws Exception {
    put("with space", "content");
    String other = newBucketName();
    s3cmd().run("mb", "s3://" + other).ok();

    s3cmd().run("cp", "s3://" + bucket + "/with space", "s3://" + other + "/f3").ok();
    s3cmd().run("get", "s3://" + other + "/f3", "g").ok();

    assertThat(directory.resolve("g")).hasContent("content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--multipart-chunk-size-mb=5", "--disable-multipart"})
  void putsLargeFiles(String how) throws Exception {
    Path file = file("large", 24_000_000);

    s3cmd().run("put", "large", "s3://" + bucket + "/large", how).ok();
    s3cmd().run("get", "s3://" + bucket + "/large", "back").ok();

    assertThat(directory.resolve("back")).hasSameBinaryContentAs(file);
  }

  @Test
  void aWrongSecretIsRefused() throws Exception {
    Account wrong = new Account(Account.TESTER.accessKey(), "wrong");

    assertThat(s3cmd(wrong).run("ls", "s3://" + bucket).failed()).contains("SignatureDoesNotMatch");
  }

  /** An upload that broke off is found by its listing, and only what is missing is sent. */
  @Test
  void continuesAnUploadInParts() throws Exception {
    Path file = file("f", 17 << 20);
    byte[] first = java.util.Arrays.copyOf(Files.readAllBytes(file), 5 << 20);
    String id = s3.createMultipartUpload(r -> r.bucket(bucket).key("f")).uploadId();
    s3.uploadPart(
        r -> r.bucket(bucket).key("f").uploadId(id).partNumber(1), RequestBody.fromBytes(first));
    Tool.Result put =
        s3cmd()
            .run(
                "put",
                "--multipart-chunk-size-mb=5",
                "--continue-put",
                "--upload-id=" + id,
                "-v",
                "f",
                "s3://" + bucket + "/f");
    put.ok();
    assertThat(put.out() + put.err()).contains("skipping");
    s3cmd().run("get", "s3://" + bucket + "/f", "g").ok();
    assertThat(directory.resolve("g")).hasSameBinaryContentAs(file);
  }
}
