package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** rclone, which uploads without hashing the payload and checks MD5 afterwards. */
class RcloneIT extends ClientCase {

  private Tool rclone() throws Exception {
    file(
        "rclone.conf",
        """
        [sluice]
        type = s3
        provider = Other
        access_key_id = %s
        secret_access_key = %s
        region = %s
        endpoint = %s
        force_path_style = true
        """
            .formatted(
                Account.TESTER.accessKey(),
                Account.TESTER.secretKey(),
                Gateway.REGION,
                gateway.endpoint()));
    Map<String, String> environment = environment();
    environment.remove("AWS_CA_BUNDLE"); // which the SDK in rclone cannot take; it has another
    return Tool.of(directory, environment, "rclone", "--config", "rclone.conf", "--retries", "1");
  }

  @Test
  void copiesATreeThereAndBack() throws Exception {
    Files.createDirectories(directory.resolve("tree/with space"));
    file("tree/one", 10);
    file("tree/with space/zwö", 200_000);
    file("tree/empty", 0);

    rclone().run("copy", "tree", "sluice:" + bucket + "/tree").ok();
    rclone().run("check", "tree", "sluice:" + bucket + "/tree").ok();
    rclone().run("copy", "sluice:" + bucket + "/tree", "back").ok();

    for (String name : new String[] {"one", "with space/zwö", "empty"}) {
      assertThat(directory.resolve("back/" + name))
          .hasSameBinaryContentAs(directory.resolve("tree/" + name));
    }
    assertThat(rclone().run("lsf", "-R", "sluice:" + bucket).ok()).contains("tree/with space/zwö");
    rclone().run("purge", "sluice:" + bucket + "/tree").ok();
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void syncsATreeOfOddNames() throws Exception {
    String[] odd = {
      "a+b", "per%cent", "semi;colon", "quo'te", "ä ö", "#hash", "a=b&c", "日本", "~", "x,y"
    };
    for (int i = 0; i < 2000; i++) {
      Path folder =
          Files.createDirectories(directory.resolve("tree/" + odd[i % odd.length] + "/" + i / 200));
      Files.writeString(folder.resolve(odd[i / 10 % odd.length] + "-" + i), "content " + i);
    }
    rclone().run("sync", "--transfers", "8", "--checkers", "8", "tree", "sluice:" + bucket).ok();
    rclone().run("check", "--checkers", "8", "tree", "sluice:" + bucket).ok();
    Files.delete(directory.resolve("tree/a+b/0/a+b-0"));
    Files.writeString(directory.resolve("tree/a+b/0/new"), "new");
    rclone().run("sync", "tree", "sluice:" + bucket).ok();
    assertThat(rclone().run("size", "sluice:" + bucket).ok()).contains("2k (2000)");
    rclone().run("check", "--download", "tree/~", "sluice:" + bucket + "/~").ok();
  }

  @Test
  void keepsTimesAndMetadata() throws Exception {
    Path one = file("one", 100);
    Files.setLastModifiedTime(one, FileTime.from(Instant.parse("2020-02-03T04:05:06.789Z")));
    rclone()
        .run(
            "copyto",
            "--metadata",
            "--metadata-set",
            "color=blue",
            "one",
            "sluice:" + bucket + "/one")
        .ok();
    assertThat(s3.headObject(r -> r.bucket(bucket).key("one")).metadata())
        .containsKey("mtime")
        .containsEntry("color", "blue");
    rclone().run("copyto", "sluice:" + bucket + "/one", "back").ok();
    assertThat(Files.getLastModifiedTime(directory.resolve("back")).toInstant())
        .isEqualTo(Instant.parse("2020-02-03T04:05:06.789Z"));
  }
}
