package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Before an answer says that a write is done, the system calls show that it is on the disk. */
class SyncBeforeAnswerIT {
  private static final int PART_BYTES = 5 << 20;

  @TempDir Path directory;

  @Test
  void everythingThatAnAnswerDependsOnIsSyncedBefore() throws Exception {
    assumeThat(canTrace()).as("strace may trace here").isTrue();
    Path trace = directory.resolve("trace");
    // The scrubber notes its place in the log without a sync: nobody was promised it.
    ServerSettings settings = ServerSettings.write(directory, "store.scrub-rate = 0");
    int port = FreePort.find();
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "400",
                "-o",
                trace.toString(),
                "-e",
                "trace=openat,write,pwrite64,writev,sendto,fsync,fdatasync"));
    command.addAll(RunnerServer.command(settings, port, List.of("-Xmx256m")));
    URI root = URI.create("http://127.0.0.1:" + port);
    ServerProcess process =
        ServerProcess.start(command, directory, directory.resolve("server.log"));
    try {
      process.awaitStatus(root.resolve("/-/health/ready"), 200);
      write(new Gateway("traced", root.resolve("/s3"), process));
    } finally {
      ProcessHandle.of(process.pid()).orElseThrow().children().forEach(ProcessHandle::destroy);
      process.close();
    }
    SyncTrace read = SyncTrace.read(trace, settings.data());
    assertThat(read.answers()).as("answers to writes").isGreaterThanOrEqualTo(9);
    assertThat(read.commits()).as("answers behind a commit").isGreaterThanOrEqualTo(9);
    assertThat(read.blobs()).as("blob files written").isGreaterThanOrEqualTo(3);
    assertThat(read.problems()).isEmpty();
  }

  private static void write(Gateway gateway) {
    try (S3Client s3 = SdkClients.sync(gateway, Account.TESTER)) {
      s3.createBucket(r -> r.bucket("synced"));
      s3.putObject(r -> r.bucket("synced").key("inline"), RequestBody.fromBytes(new byte[1000]));
      s3.putObject(r -> r.bucket("synced").key("blob"), RequestBody.fromBytes(new byte[200_000]));
      String id = s3.createMultipartUpload(r -> r.bucket("synced").key("parts")).uploadId();
      List<CompletedPart> parts = new ArrayList<>();
      for (int part = 1; part <= 2; part++) {
        int number = part;
        String etag =
            s3.uploadPart(
                    r -> r.bucket("synced").key("parts").uploadId(id).partNumber(number),
                    RequestBody.fromBytes(new byte[PART_BYTES]))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(part).eTag(etag).build());
      }
      s3.completeMultipartUpload(
          r -> r.bucket("synced").key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)));
      s3.copyObject(
          r ->
              r.sourceBucket("synced")
                  .sourceKey("parts")
                  .destinationBucket("synced")
                  .destinationKey("copy"));
      s3.deleteObject(r -> r.bucket("synced").key("blob"));
    }
  }

  private boolean canTrace() throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("strace", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException absent) {
      assertThat(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"))
          .as("strace is missing: %s", absent.getMessage())
          .isNotEqualTo("true");
      return false;
    }
  }
}
