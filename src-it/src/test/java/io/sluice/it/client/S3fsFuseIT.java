package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** s3fs-fuse, by which a bucket is a directory, on machines that may mount file systems. */
class S3fsFuseIT extends ClientCase {
  private Path mounted;
  private ServerProcess process;

  @BeforeEach
  void mount() throws Exception {
    onceUnlessTold();
    // Not every machine that has the program lets it mount: skipped there, whatever is required.
    assumeThat(Files.isWritable(Path.of("/dev/fuse"))).as("/dev/fuse can be used").isTrue();
    Tool.of(directory, Map.of(), "s3fs");
    mounted = Files.createDirectory(directory.resolve("mounted"));
    Path keys = file("keys", Account.TESTER.accessKey() + ":" + Account.TESTER.secretKey());
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    List<String> command = new ArrayList<>(List.of("s3fs", bucket, mounted.toString(), "-f"));
    for (String option :
        List.of(
            "url=" + gateway.endpoint(),
            "use_path_request_style",
            "passwd_file=" + keys,
            "endpoint=" + Gateway.REGION,
            "multipart_size=10")) {
      command.addAll(List.of("-o", option));
    }
    if (overTls()) {
      command.addAll(List.of("-o", "no_check_certificate", "-o", "ssl_verify_hostname=0"));
    }
    process = ServerProcess.start(command, directory, directory.resolve("s3fs.log"));
    while (!isMounted()) {
      assumeThat(process.log()).doesNotContain("mount failed", "not permitted");
      assertThat(process.alive()).as(process.log()).isTrue();
      Thread.sleep(50);
    }
  }

  private boolean isMounted() throws IOException {
    return Files.readString(Path.of("/proc/mounts")).contains(" " + mounted + " fuse.s3fs ");
  }

  @AfterEach
  void unmount() throws Exception {
    if (process == null) {
      return;
    }
    if (isMounted()) {
      Tool.of(directory, Map.of(), "fusermount", "-u").run(mounted.toString()).ok();
    }
    process.close();
  }

  @Test
  void aBucketIsADirectory() throws Exception {
    Path folder = Files.createDirectories(mounted.resolve("a/with space"));
    Files.writeString(folder.resolve("ü.txt"), "hello");
    assertThat(folder.resolve("ü.txt")).hasContent("hello");
    assertThat(get("a/with space/ü.txt")).isEqualTo("hello");
    Files.move(mounted.resolve("a"), mounted.resolve("b"));
    assertThat(mounted.resolve("b/with space/ü.txt")).hasContent("hello");
    assertThat(mounted.resolve("a")).doesNotExist();

    put("from/outside", "written elsewhere");
    assertThat(mounted.resolve("from/outside")).hasContent("written elsewhere");

    Path large = file("large", 24 << 20);
    Files.copy(large, mounted.resolve("large"));
    assertThat(mounted.resolve("large")).hasSameBinaryContentAs(large);
    assertThat(s3.headObject(r -> r.bucket(bucket).key("large")).contentLength())
        .isEqualTo(24 << 20);
    Files.writeString(mounted.resolve("large"), "more", StandardOpenOption.APPEND);
    assertThat(Files.size(mounted.resolve("large"))).isEqualTo((24 << 20) + 4);
    try (FileChannel file = FileChannel.open(mounted.resolve("large"), StandardOpenOption.WRITE)) {
      file.truncate(10);
    }
    assertThat(s3.headObject(r -> r.bucket(bucket).key("large")).contentLength()).isEqualTo(10);

    Files.createSymbolicLink(mounted.resolve("link"), Path.of("large"));
    assertThat(Files.readSymbolicLink(mounted.resolve("link"))).isEqualTo(Path.of("large"));
    Files.setPosixFilePermissions(
        mounted.resolve("large"), PosixFilePermissions.fromString("r--r-----"));
    assertThat(Files.getPosixFilePermissions(mounted.resolve("large")))
        .isEqualTo(PosixFilePermissions.fromString("r--r-----"));
    Tool.of(directory, Map.of(), "rm", "-r").run(mounted.resolve("b").toString()).ok();
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket).prefix("b")).keyCount()).isZero();
  }
}
