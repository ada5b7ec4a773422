package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * restic, which knows no prefix and therefore asks at the root: a repository is made, backed up to,
 * checked with all its data, restored and pruned.
 */
class ResticIT extends ClientCase {
  private Tool restic() {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("RESTIC_PASSWORD", "correct horse");
    environment.put("RESTIC_REPOSITORY", "s3:" + gateway.root() + "/" + bucket + "/backup");
    return Tool.of(
        directory, environment, "restic", "-o", "s3.bucket-lookup=path", "--no-cache", "-q");
  }

  @Test
  void backsUpChecksAndRestores() throws Exception {
    Files.createDirectories(directory.resolve("data/with space"));
    file("data/large", 20 << 20);
    file("data/with space/ü", 1000);
    restic().run("init").ok();
    restic().run("backup", "data").ok();
    file("data/later", 5000);
    restic().run("backup", "data").ok();
    restic().run("check", "--read-data").ok();
    restic().run("restore", "latest", "--target", "back").ok();
    for (String name : new String[] {"large", "with space/ü", "later"}) {
      assertThat(directory.resolve("back/data/" + name))
          .hasSameBinaryContentAs(directory.resolve("data/" + name));
    }
    restic().run("forget", "--keep-last", "1", "--prune").ok();
    restic().run("check").ok();
    assertThat(restic().run("snapshots", "--compact").ok()).isNotBlank();
  }
}
