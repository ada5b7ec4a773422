package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Tool;
import java.nio.file.Files;
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
    return tool("rclone", "--config", "rclone.conf", "--retries", "1");
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
}
