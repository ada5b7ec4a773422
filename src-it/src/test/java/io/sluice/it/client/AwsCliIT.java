package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The aws CLI: buckets and objects. */
class AwsCliIT extends ClientCase {

  private Tool aws() {
    return tool("aws", "--endpoint-url", gateway.endpoint().toString());
  }

  private Tool api() {
    return tool(
        "aws", "--endpoint-url", gateway.endpoint().toString(), "--output", "json", "s3api");
  }

  @Test
  void makesAndRemovesBuckets() throws Exception {
    String name = newBucketName();
    assertThat(aws().run("s3", "mb", "s3://" + name).ok()).contains("make_bucket: " + name);
    assertThat(aws().run("s3", "mb", "s3://" + name).failed()).contains("BucketAlready");
    assertThat(aws().run("s3", "ls").ok()).contains(name, bucket);
    assertThat(api().run("head-bucket", "--bucket", name).exitCode()).isZero();
    assertThat(aws().run("s3", "rb", "s3://" + name).ok()).contains("remove_bucket: " + name);
    assertThat(api().run("head-bucket", "--bucket", name).failed()).contains("404");
  }

  @Test
  void asksWhoItIs() throws Exception {
    assertThat(aws().run("sts", "get-caller-identity", "--output", "json").ok())
        .contains("\"Arn\": \"arn:aws:iam::", ":root\"");
    assertThat(aws().run("sts", "get-session-token", "--output", "json").ok())
        .contains("\"AccessKeyId\": \"ASIA");
  }

  @Test
  void doesNotRemoveABucketThatHoldsSomething() throws Exception {
    put("k", "x");

    assertThat(aws().run("s3", "rb", "s3://" + bucket).failed()).contains("BucketNotEmpty");
  }

  @Test
  void putsHeadsAndGetsAnObject() throws Exception {
    Path file = file("LICENSE", 1075);
    String etag = Hashes.md5(Files.readAllBytes(file));

    api().run("put-object", "--bucket", bucket, "--key", "LICENSE", "--body", "LICENSE").ok();
    assertThat(api().run("head-object", "--bucket", bucket, "--key", "LICENSE").ok())
        .contains("\"ContentLength\": 1075", etag, "\"LastModified\": ");
    assertThat(api().run("get-object", "--bucket", bucket, "--key", "LICENSE", "back").ok())
        .contains("\"ContentLength\": 1075");
    assertThat(directory.resolve("back")).hasSameBinaryContentAs(file);
    assertThat(aws().run("s3", "ls", "s3://" + bucket + "/").ok()).contains("1075 LICENSE");
  }

  @Test
  void namesWhatIsMissing() throws Exception {
    assertThat(api().run("head-object", "--bucket", bucket, "--key", "no").failed())
        .contains("(404)");
    assertThat(api().run("get-object", "--bucket", bucket, "--key", "no", "out").failed())
        .contains("NoSuchKey");
    assertThat(api().run("get-object", "--bucket", newBucketName(), "--key", "no", "out").failed())
        .contains("NoSuchBucket");
  }

  @ParameterizedTest
  @CsvSource({"bytes=1-5, 12345", "bytes=4-, 456789", "bytes=6-15, 6789", "bytes=-7, 3456789"})
  void getsARange(String range, String expected) throws Exception {
    put("k", "0123456789");

    String out =
        api().run("get-object", "--bucket", bucket, "--key", "k", "--range", range, "part").ok();

    assertThat(out).contains("\"ContentRange\": \"bytes ").contains("/10\"");
    assertThat(directory.resolve("part")).hasContent(expected);
  }

  @Test
  void aRangeBehindTheEndIsInvalid() throws Exception {
    put("k", "0123456789");

    assertThat(
            api()
                .run("get-object", "--bucket", bucket, "--key", "k", "--range", "bytes=10-", "out")
                .failed())
        .contains("InvalidRange");
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "with space", "ümlaut/日本", "plus+percent%2F"})
  void copiesWithinAndAcrossBuckets(String key) throws Exception {
    put(key, "to be copied");
    String other = newBucketName();
    aws().run("s3", "mb", "s3://" + other).ok();
    String etag = Hashes.md5("to be copied".getBytes(StandardCharsets.UTF_8));

    for (String target : new String[] {bucket, other}) {
      String source = bucket + "/" + key; // the CLI encodes it
      assertThat(
              api()
                  .run("copy-object", "--copy-source", source, "--bucket", target, "--key", "f2")
                  .ok())
          .contains(etag);
      assertThat(s3.getObjectAsBytes(r -> r.bucket(target).key("f2")).asUtf8String())
          .isEqualTo("to be copied");
    }
  }

  @Test
  void aCopyOfNothingIsNoSuchKey() throws Exception {
    assertThat(
            api()
                .run(
                    "copy-object",
                    "--copy-source",
                    bucket + "/no",
                    "--bucket",
                    bucket,
                    "--key",
                    "k")
                .failed())
        .contains("NoSuchKey");
  }

  @Test
  void deletesSeveralAtOnce() throws Exception {
    put("a", "");
    put("b", "");
    String both = "{\"Objects\":[{\"Key\":\"a\"},{\"Key\":\"nope\"}]}";
    String quiet = "{\"Objects\":[{\"Key\":\"b\"}],\"Quiet\":true}";

    assertThat(api().run("delete-objects", "--bucket", bucket, "--delete", both).ok())
        .contains("\"a\"", "\"nope\"")
        .doesNotContain("Errors");
    assertThat(api().run("delete-objects", "--bucket", bucket, "--delete", quiet).ok())
        .doesNotContain("\"b\"");
    assertThat(aws().run("s3", "ls", "s3://" + bucket + "/").ok()).isBlank();
  }

  @Test
  void keepsMetadataThroughCopies() throws Exception {
    file("f", "content");
    api()
        .run(
            "put-object",
            "--bucket",
            bucket,
            "--key",
            "k",
            "--body",
            "f",
            "--metadata",
            "a=b",
            "--content-type",
            "text/x")
        .ok();
    String source = bucket + "/k";
    api().run("copy-object", "--copy-source", source, "--bucket", bucket, "--key", "kept").ok();
    api()
        .run(
            "copy-object",
            "--copy-source",
            source,
            "--bucket",
            bucket,
            "--key",
            "changed",
            "--metadata-directive",
            "REPLACE",
            "--metadata",
            "c=d",
            "--content-type",
            "text/y")
        .ok();

    assertThat(api().run("head-object", "--bucket", bucket, "--key", "kept").ok())
        .contains("\"a\": \"b\"", "\"text/x\"");
    assertThat(api().run("head-object", "--bucket", bucket, "--key", "changed").ok())
        .contains("\"c\": \"d\"", "\"text/y\"")
        .doesNotContain("\"a\": \"b\"");
  }

  @Test
  void conditionsHold() throws Exception {
    file("f", "content");
    put("k", "old");
    String etag = s3.headObject(r -> r.bucket(bucket).key("k")).eTag();

    assertThat(
            api()
                .run(
                    "put-object",
                    "--bucket",
                    bucket,
                    "--key",
                    "k",
                    "--body",
                    "f",
                    "--if-none-match",
                    "*")
                .failed())
        .contains("PreconditionFailed");
    assertThat(
            api()
                .run("get-object", "--bucket", bucket, "--key", "k", "--if-none-match", etag, "out")
                .failed())
        .contains("304");
    assertThat(
            api()
                .run("get-object", "--bucket", bucket, "--key", "k", "--if-match", "\"0\"", "out")
                .failed())
        .contains("PreconditionFailed");
  }

  @Test
  void copiesDirectoriesAndLargeFiles() throws Exception {
    Files.createDirectories(directory.resolve("tree/below"));
    file("tree/one", 10);
    file("tree/below/two", 20);
    Path large = file("large", 20_000_000); // above 8 MB the CLI uploads in parts

    aws().run("s3", "cp", "tree", "s3://" + bucket + "/tree", "--recursive").ok();
    aws().run("s3", "sync", "s3://" + bucket + "/tree", "copy").ok();
    aws().run("s3", "cp", "large", "s3://" + bucket + "/large").ok();
    aws().run("s3", "cp", "s3://" + bucket + "/large", "back").ok();

    assertThat(directory.resolve("copy/below/two"))
        .hasSameBinaryContentAs(directory.resolve("tree/below/two"));
    assertThat(directory.resolve("back")).hasSameBinaryContentAs(large);
    aws().run("s3", "rm", "s3://" + bucket, "--recursive").ok();
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void whoMayNotEnterIsToldWhy() throws Exception {
    Account wrong = new Account(Account.TESTER.accessKey(), "wrong");
    Account unknown = new Account("UNKNOWNUNKNOWNUNKNO", "x");

    assertThat(listAs(environment(wrong)).failed()).contains("SignatureDoesNotMatch");
    assertThat(listAs(environment(unknown)).failed()).contains("InvalidAccessKeyId");
    assertThat(aws().run("s3", "ls", "s3://" + bucket, "--no-sign-request").failed())
        .contains("AccessDenied");
  }

  private Tool.Result listAs(Map<String, String> environment) throws Exception {
    return Tool.of(directory, environment, "aws", "--endpoint-url", gateway.endpoint().toString())
        .run("s3", "ls", "s3://" + bucket);
  }

  @Test
  void presignedAddressesWork() throws Exception {
    put("k", "content");
    String versionTwoOrFour = aws().run("s3", "presign", "s3://" + bucket + "/k").ok().trim();
    aws().run("configure", "set", "default.s3.signature_version", "s3v4").ok();
    String versionFour = aws().run("s3", "presign", "s3://" + bucket + "/k").ok().trim();
    String soon =
        aws().run("s3", "presign", "s3://" + bucket + "/k", "--expires-in", "1").ok().trim();

    assertThat(versionFour).contains("X-Amz-Signature");
    assertThat(fetch(versionTwoOrFour).body()).isEqualTo("content");
    assertThat(fetch(versionFour).body()).isEqualTo("content");
    Thread.sleep(2500);
    assertThat(fetch(soon).statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> fetch(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
