package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/** The administrators' interface of a running gateway. */
class AdminIT extends GatewayCase {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

  private Gateway root;

  @BeforeEach
  void atTheRoot() {
    root = new Gateway(gateway.name(), gateway.root(), gateway.process());
  }

  private RawRequest admin(String method, String path) {
    return RawRequest.of(root, method, "/-/admin/v1" + path);
  }

  private RawResponse set(String property, String value) throws IOException {
    return admin("PATCH", "/buckets/" + bucket + "/properties")
        .body("{\"properties\":{\"" + property + "\":" + value + "}}")
        .send();
  }

  @Test
  void propertiesHoldAtOnce() throws IOException {
    put("before", "x");
    assertThat(set("checksum.type", "\"sha256\"").status()).isEqualTo(200);
    assertThat(RawRequest.of(gateway, "PUT", "/" + bucket + "/after").body("x").send().status())
        .isEqualTo(200);
    assertThat(
            s3.headObject(r -> r.bucket(bucket).key("after").checksumMode(ChecksumMode.ENABLED))
                .checksumSHA256())
        .isNotNull();
    assertThat(set("versioning.enabled", "\"true\"").text())
        .contains("\"versioning.enabled\":\"true\"");
    assertThat(s3.getBucketVersioning(r -> r.bucket(bucket)).status())
        .isEqualTo(BucketVersioningStatus.ENABLED);
    assertThat(set("quota.objects", "\"2\"").status()).isEqualTo(200);
    assertThat(RawRequest.of(gateway, "PUT", "/" + bucket + "/third").body("x").send().errorCode())
        .isEqualTo("QuotaExceeded");
    assertThat(set("quota.objects", "null").status()).isEqualTo(200);
    assertThat(RawRequest.of(gateway, "PUT", "/" + bucket + "/third").body("x").send().status())
        .isEqualTo(200);
    assertThat(admin("GET", "/buckets/" + bucket).send().text())
        .contains("\"objects\":3")
        .contains("\"checksum.type\":\"sha256\"")
        .doesNotContain("quota");
  }

  @Test
  void whatIsWrongIsRefusedAndChangesNothing() throws IOException {
    String before = admin("GET", "/buckets/" + bucket).send().text();
    for (String value : new String[] {"\"crc16\"", "7", "{}"}) {
      assertThat(set("checksum.type", value).status()).as(value).isEqualTo(400);
    }
    assertThat(set("color", "\"blue\"").text()).contains("\"code\":\"InvalidArgument\"");
    assertThat(set("durability", "\"never\"").status()).isEqualTo(400);
    assertThat(set("extra.aws.endpoint", "\"http://127.0.0.1:1\"").text())
        .contains("Only a bucket that lives in another S3");
    assertThat(set("versioning.validate_warm_get", "\"true\"").text())
        .contains("Only a bucket that lives in another S3");
    assertThat(set("backend_bck", "\"nobody://bucket\"").text()).contains("no such provider");
    assertThat(
            admin("PATCH", "/buckets/" + bucket + "/properties").body("nonsense").send().status())
        .isEqualTo(400);
    assertThat(admin("GET", "/buckets/" + bucket).send().text()).isEqualTo(before);
    assertThat(admin("GET", "/buckets/absent-" + bucket).send().status()).isEqualTo(404);
    assertThat(admin("GET", "/nothing").send().status()).isEqualTo(404);
  }

  @Test
  void settingsAndLevelsOfLogsAreShownAndLevelsSet() throws IOException {
    assertThat(admin("GET", "/config").send().text())
        .contains("{\"name\":\"region\",\"value\":\"us-east-1\",\"source\":\"file\",\"place\":\"/")
        .contains("{\"name\":\"auth.mode\",\"value\":\"sigv4\",\"source\":\"default\"");
    assertThat(admin("PUT", "/logs/io.sluice.nothing").body("{\"level\":\"DEBUG\"}").send().text())
        .isEqualTo("{\"name\":\"io.sluice.nothing\",\"level\":\"DEBUG\",\"effective\":\"DEBUG\"}");
    assertThat(RawRequest.of(root, "GET", "/-/console/").sendAnonymously().status())
        .as("the console is off unless a setting says otherwise")
        .isEqualTo(404);
    RawResponse missing = admin("GET", "/nothing").send();
    assertThat(missing.text())
        .contains("\"requestId\":\"" + missing.header("x-amz-request-id") + "\"");
  }

  @Test
  void onlyAdministratorsMay() throws IOException {
    assertThat(admin("GET", "/buckets").send().status()).isEqualTo(200);
    for (String path :
        new String[] {"/jobs", "/openapi.json", "/cluster", "/config", "/logs", "/nothing"}) {
      assertThat(admin("GET", path).as(Account.OTHER).send().text()).contains("AccessDenied");
    }
    assertThat(admin("GET", "/buckets").sendAnonymously().status()).isEqualTo(403);
    assertThat(
            admin("GET", "/buckets")
                .as(new Account(Account.TESTER.accessKey(), "wrong"))
                .send()
                .text())
        .contains("SignatureDoesNotMatch");
  }

  @Test
  void othersSeeWhatPoliciesLetThemSee() throws IOException {
    put("k", "body");
    RawRequest object = admin("GET", "/buckets/" + bucket + "/object?key=k");
    assertThat(admin("GET", "/buckets").as(Account.OTHER).send().text()).doesNotContain(bucket);
    assertThat(object.as(Account.OTHER).send().text()).contains("AccessDenied");
    s3.putBucketPolicy(
        request ->
            request
                .bucket(bucket)
                .policy(
                    """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                      "Principal": {"AWS": "*"},
                      "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/k"}]}
                    """
                        .formatted(bucket)));
    RawResponse seen =
        admin("GET", "/buckets/" + bucket + "/object?key=k").as(Account.OTHER).send();
    assertThat(seen.text()).contains("\"size\":4").doesNotContain("location");
    assertThat(admin("GET", "/buckets/" + bucket + "/objects").as(Account.OTHER).send().status())
        .isEqualTo(403);
    assertThat(admin("GET", "/buckets/" + bucket + "/object?key=").send().status()).isEqualTo(400);
  }

  @Test
  void theStoreIsCheckedWhileItIsUsed() throws Exception {
    put("k", "body");
    RawResponse job = admin("POST", "/store/check").body("{}").send();
    assertThat(job.status()).as(job.text()).isEqualTo(200);
    assertThat(await(job)).contains("\"state\":\"DONE\"").contains("\"findings\":0");
  }

  @Test
  void theStoreIsCopiedWhileItIsUsed(@TempDir Path elsewhere) throws Exception {
    put("k", "body");
    Path copy = elsewhere.resolve("copy");
    RawResponse job =
        admin("POST", "/store/snapshot").body("{\"directory\":\"" + copy + "\"}").send();
    String ended = await(job);
    // Hard links need the store's own file system, which the answer says when it is another.
    if (ended.contains("\"state\":\"DONE\"")) {
      assertThat(Files.exists(copy.resolve("FORMAT"))).isTrue();
    } else {
      assertThat(ended).contains("file system");
      assertThat(Files.exists(copy)).isFalse();
    }
    assertThat(admin("POST", "/store/snapshot").body("{\"directory\":\"here\"}").send().status())
        .isEqualTo(400);
  }

  private String await(RawResponse job) throws Exception {
    Matcher id = ID.matcher(job.text());
    assertThat(id.find()).as(job.text()).isTrue();
    for (int i = 0; i < 600; i++) {
      String view = admin("GET", "/jobs/" + id.group(1)).send().text();
      if (view.contains("\"endedAt\"")) {
        return view;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the job does not end");
  }

  @Test
  void theDescriptionNamesEveryPath() throws IOException {
    RawResponse description = admin("GET", "/openapi.json").send();
    assertThat(description.status()).isEqualTo(200);
    assertThat(description.text())
        .contains("\"openapi\":\"3.1.0\"")
        .contains("/-/admin/v1/buckets/{bucket}/properties")
        .contains("/-/admin/v1/store/check");
  }
}
