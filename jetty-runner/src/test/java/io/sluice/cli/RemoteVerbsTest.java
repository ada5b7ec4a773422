package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.client.Profile;
import io.sluice.cli.client.S3Clients;
import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import io.sluice.runner.GatewayServer;
import io.sluice.web.Gateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets of another S3, which is a second gateway. */
class RemoteVerbsTest extends CliCase {
  private GatewayServer far;

  @Override
  ConfigReader settings(ConfigReader reader) throws IOException {
    far =
        GatewayServer.start(
            Gateway.open(
                new ConfigReader()
                    .option(ConfigKey.ADDRESS, "127.0.0.1")
                    .option(ConfigKey.PORT, "0")
                    .option(ConfigKey.DATA, directory.resolve("far").toString())
                    .option(ConfigKey.CREDENTIALS, directory.resolve("credentials").toString())
                    .read()));
    createHere(reader, "twice");
    Path config =
        Files.writeString(
            directory.resolve("near.properties"),
            """
            provider.aws.endpoint=%s
            provider.aws.access-key=ROOTKEY
            provider.aws.secret-key=root-secret
            provider.aws.buckets=attached, twice, cold
            provider.aws.cache.capacity=100MiB
            """
                .formatted(far.endpoint()));
    return reader.file(config);
  }

  /** Makes a bucket before a provider claims its name. */
  private static void createHere(ConfigReader reader, String bucket) throws IOException {
    try (GatewayServer before = GatewayServer.start(Gateway.open(reader.read()));
        S3Client s3 =
            S3Clients.of(
                new Profile(
                    URI.create(before.endpoint()), "ROOTKEY", "root-secret", null, "us-east-1"))) {
      s3.createBucket(request -> request.bucket(bucket));
    }
  }

  @AfterAll
  void stopFar() throws Exception {
    far.close();
  }

  private String far(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--endpoint=" + far.endpoint();
    return sluice(all);
  }

  @Test
  void aBucketStandsForOneOfAnotherS3() throws IOException {
    far("create", "media");
    String text = file("text", "testing 1 2 3");
    far("put", text, "media/test.txt");
    sluice("create", "ais://bck");
    assertThat(sluice("bucket", "props", "ais://bck", "backend_bck=aws://media"))
        .startsWith("\"backend_bck\" set to: \"aws://media\" (was: \"none\")\n");
    assertThat(sluice("ls", "ais://bck"))
        .startsWith("NAME      SIZE  CACHED  STATUS\ntest.txt  13B");
    sluice("get", "ais://bck/test.txt", "/dev/null");
    assertThat(sluice("show", "object", "ais://bck/test.txt", "--all"))
        .contains("source:aws")
        .contains("custom    map[ETag:\"");
    sluice("put", text, "ais://bck/written");
    assertThat(far("ls", "media", "--name-only")).isEqualTo("NAME\ntest.txt\nwritten\n");
    assertThat(sluice("bucket", "props", "ais://bck", "backend_bck=")).contains("set to: \"none\"");
  }

  @Test
  void aNameThatIsSharedIsListedTwiceAndUsedByNobody() throws IOException {
    far("create", "twice");
    assertThat(sluice("ls")).contains("  ais://twice\n").contains("  s3://twice\n");
    String text = file("text", "x");
    assertThat(run("put", text, "s3://twice/x").failsWith(ExitCode.FAILED).err())
        .contains("AmbiguousBucketName");
    run("ls", "ais://twice").failsWith(ExitCode.FAILED);
    far("bucket", "rm", "twice");
  }

  @Test
  void aBucketOfAProviderIsNamedSo() throws IOException {
    assertThat(sluice("create", "aws://attached")).isEqualTo("\"aws://attached\" created\n");
    assertThat(sluice("ls", "aws:")).contains("AWS Buckets (").contains("  s3://attached\n");
    sluice("put", file("text", "x"), "s3://attached/x");
    assertThat(sluice("show", "bucket", "aws://attached")).contains("provider     aws\n");
    run("ls", "ais://attached").failsWith(ExitCode.NOT_FOUND);
    assertThat(json("ObjectViews", "ls", "aws://attached").path("objects").size()).isEqualTo(1);
    sluice("bucket", "rm", "aws://attached", "-y");
  }

  @Test
  void objectsLeaveTheCacheAndComeBack() throws IOException {
    far("create", "cold");
    for (int i = 8; i <= 11; i++) {
      far("put", file("text", "body " + i), "cold/shard-" + (i < 10 ? "0" : "") + i + ".tar");
    }
    assertThat(sluice("prefetch", "aws://cold", "--template", "shard-{09..12}.tar", "--wait"))
        .startsWith("prefetch-objects[")
        .contains("]: prefetch aws://cold. To monitor the progress, run 'sluice show job ")
        .contains("NoSuchKey: shard-12.tar")
        .contains("read 3")
        .contains("failed 1");
    assertThat(sluice("ls", "aws://cold"))
        .containsPattern("shard-08.tar\\s+6B\\s+no\\s+n/a")
        .containsPattern("shard-09.tar\\s+6B\\s+yes\\s+ok");
    assertThat(sluice("evict", "aws://cold/shard-09.tar")).contains("evicted 1");
    assertThat(sluice("evict", "aws://cold", "--list", "shard-09.tar,shard-10.tar"))
        .contains("evicted 1")
        .contains("absent 1");
    assertThat(sluice("evict", "aws://cold")).endsWith("Evicted bucket aws://cold from sluice\n");
    assertThat(sluice("ls", "aws://cold", "--cached", "--name-only")).isEqualTo("NAME\n");
    assertThat(far("ls", "cold", "--count-only")).startsWith("Listed 4 names");
    assertThat(sluice("bucket", "prefetch", "aws://cold", "--prefix", "shard-0", "--wait"))
        .contains("read 2");
    assertThat(json("Caches", "show", "cache").path("caches").get(0).path("objects").asInt())
        .isGreaterThanOrEqualTo(2);
    assertThat(sluice("show", "cache")).contains("PROVIDER", "100.00MiB");
    String id = json("View", "prefetch", "aws://cold", "--latest").path("id").asString();
    assertThat(json("View", "show", "job", id, "--wait").path("state").asString())
        .isEqualTo("DONE");
    assertThat(json("View", "job", "stop", id).path("state").asString()).isEqualTo("DONE");
    assertThat(json("View", "evict", "aws://cold/a").path("state").asString()).isNotEmpty();
    json("BucketViews", "bucket", "ls", "aws:");
    json("BucketView", "bucket", "show", "aws://cold");
    run("evict", "aws://cold/a", "--prefix", "b").failsWith(ExitCode.USAGE);
    run("prefetch", "aws://cold", "--template", "none").failsWith(ExitCode.FAILED);
  }
}
