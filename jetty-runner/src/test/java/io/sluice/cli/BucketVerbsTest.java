package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the seed shows of buckets, masked for dates and ids. */
class BucketVerbsTest extends CliCase {
  @Test
  void bucketsAreCreatedOnce() {
    assertThat(sluice("create", "ais://made")).isEqualTo("\"ais://made\" created\n");
    Result again = run("create", "ais://made").failsWith(ExitCode.FAILED);
    assertThat(again.err()).contains("Bucket \"ais://made\" already exists");
    sluice("create", "ais://made", "--ignore-error");
    assertThat(json("BucketView", "create", "ais://described").path("name").asString())
        .isEqualTo("described");
    assertThat(run("create", "gs://nowhere").failsWith(ExitCode.NOT_FOUND).err())
        .contains("provider gcp takes no bucket of this name");
    assertThat(run("show", "bucket", "nowhere").exit()).isEqualTo(ExitCode.NOT_FOUND.number());
    run("create").failsWith(ExitCode.USAGE);
    run("create", "ais://a/b").failsWith(ExitCode.USAGE);
  }

  @Test
  void bucketsAreListedByTheirProviders() {
    sluice("create", "ais://listed");
    assertThat(sluice("ls", "ais://")).startsWith("AIS Buckets (").contains("\n  ais://listed\n");
    assertThat(sluice("ls", "ais:")).isEqualTo(sluice("ls", "ais://"));
    assertThat(sluice("ls", "gs:")).isEqualTo("GCP Buckets (0)\n");
    assertThat(sluice("ls", "ais:", "--summary")).contains("NAME", "OBJECTS", "SIZE");
    assertThat(json("BucketViews", "ls", "ais:").path("buckets").size()).isPositive();
    assertThat(asUser("ls", "ais:").ok()).isEqualTo("AIS Buckets (0)\n");
  }

  @Test
  void propertiesAreShownInSections() {
    sluice("create", "ais://bck", "--props=checksum.type=md5");
    assertThat(sluice("show", "bucket", "ais://bck", "-c"))
        .contains("PROPERTY     VALUE\n")
        .contains("checksum     Type: md5 | Validate: ColdGET\n")
        .contains("versioning   Disabled | Validate on WarmGET: no\n");
    assertThat(sluice("bucket", "show", "ais://bck")).contains("Type: md5 | Validate: ColdGET");
    assertThat(sluice("bucket", "props", "ais://bck", "checksum"))
        .isEqualTo("PROPERTY       VALUE\nchecksum.type  md5\n");
    assertThat(
            json("BucketView", "show", "bucket", "s3://bck")
                .path("properties")
                .path("checksum.type")
                .asString())
        .isEqualTo("md5");
    run("show", "bucket", "aws://bck").failsWith(ExitCode.NOT_FOUND);
    run("show", "bucket", "ais://bck", "color").failsWith(ExitCode.USAGE);
  }

  @Test
  void propertiesAreSetWithAndWithoutTheWord() throws IOException {
    sluice("create", "ais://b-2", "--props", "{\"checksum\": {\"type\": \"xxhash\"}}");
    String text = file("text", "some text");
    sluice("put", text, "ais://b-2/old");
    assertThat(sluice("bucket", "props", "ais://b-2", "checksum.type=md5"))
        .isEqualTo(
            "\"checksum.type\" set to: \"md5\" (was: \"xxhash\")\n\n"
                + "Bucket props successfully updated.\n");
    assertThat(sluice("bucket", "props", "set", "ais://b-2", "checksum.type=md5"))
        .isEqualTo("Bucket \"ais://b-2\": property \"checksum.type=md5\", nothing to do\n");
    sluice("put", text, "ais://b-2/new");
    assertThat(sluice("ls", "ais://b-2", "--props", "checksum"))
        .matches(
            "NAME {2}CHECKSUM\nnew {3}552e21cd4cd9918678e3c1a0df491bc3\nold {3}[0-9a-f]{16}\n");
    assertThat(
            json("BucketView", "bucket", "props", "ais://b-2", "versioning.enabled=true")
                .path("properties")
                .path("versioning.enabled")
                .asString())
        .isEqualTo("true");
    Result refused = run("bucket", "props", "ais://b-2", "color=blue").failsWith(ExitCode.FAILED);
    assertThat(refused.err()).contains("InvalidArgument");
    Result denied =
        asUser("bucket", "props", "ais://b-2", "checksum.type=none").failsWith(ExitCode.DENIED);
    assertThat(denied.err()).contains("AccessDenied");
  }

  @Test
  void bucketsAreRemovedWithWhatIsInThem() throws IOException {
    sluice("create", "ais://full", "--props=versioning.enabled=true");
    String text = file("text", "some text");
    sluice("put", text, "ais://full/a");
    sluice("put", text, "ais://full/a");
    assertThat(run("bucket", "rm", "ais://full").failsWith(ExitCode.FAILED).err())
        .contains("ais://full is not empty; -y removes it all the same");
    assertThat(sluice("bucket", "rm", "ais://full", "-y")).isEqualTo("\"ais://full\" destroyed\n");
    run("bucket", "rm", "ais://full").failsWith(ExitCode.NOT_FOUND);
    sluice("create", "ais://empty");
    assertThat(json("BucketView", "bucket", "rm", "ais://empty").path("name").asString())
        .isEqualTo("empty");
  }
}
