package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the seed shows of objects, masked for dates and ids. */
class ObjectVerbsTest extends CliCase {
  private static final String DATE = "\\d\\d \\w{3} \\d\\d \\d\\d:\\d\\d \\S+";

  @BeforeAll
  void create() {
    sluice("create", "ais://abc");
  }

  @Test
  void filesArePutAndListed() throws IOException {
    sluice("create", "ais://listing");
    Path readme = Files.writeString(directory.resolve("README.md"), "x".repeat(10_689));
    assertThat(sluice("put", readme.toString(), "ais://listing"))
        .isEqualTo("PUT \"" + readme + "\" => ais://listing/README.md\n");
    sluice("put", file("LICENSE", "x".repeat(1075)), "ais://listing/LICENSE");
    assertThat(sluice("ls", "ais://listing"))
        .isEqualTo("NAME       SIZE\nLICENSE    1.05KiB\nREADME.md  10.44KiB\n");
    assertThat(sluice("bucket", "ls", "ais://listing/L", "-H")).isEqualTo("LICENSE  1.05KiB\n");
    assertThat(sluice("ls", "ais://listing", "--props", "checksum,size,atime"))
        .matches(
            "NAME +CHECKSUM +SIZE +ATIME\nLICENSE +[0-9a-f]{16} +1.05KiB +"
                + DATE
                + "\nREADME.md +[0-9a-f]{16} +10.44KiB +"
                + DATE
                + "\n");
    assertThat(sluice("ls", "ais://listing", "--regex", "^R", "--name-only"))
        .isEqualTo("NAME\nREADME.md\n");
    assertThat(sluice("ls", "ais://listing", "--count-only"))
        .isEqualTo("Listed 2 names (in-cluster: 2)\n");
    assertThat(json("ObjectViews", "ls", "ais://listing").path("objects").size()).isEqualTo(2);
    assertThat(json("ObjectViews", "put", readme.toString(), "ais://listing/again/").toString())
        .contains("\"again/README.md\"");
    run("ls", "ais://listing", "--props", "color").failsWith(ExitCode.USAGE);
    run("ls", "ais://absent").failsWith(ExitCode.NOT_FOUND);
    run("put", "/no/such/file", "ais://listing").failsWith(ExitCode.FAILED);
  }

  @Test
  void rangesAndWholesAreRead() throws IOException {
    sluice("put", file("ten", "0123456789abcdef"), "ais://abc/digits");
    Path out = directory.resolve("out");
    assertThat(sluice("get", "ais://abc/digits", out.toString(), "--offset", "0", "--length", "10"))
        .isEqualTo("Read range (length 10 at offset 0) as " + out + "\n");
    assertThat(out).hasContent("0123456789");
    assertThat(sluice("get", "ais://abc/digits", out.toString()))
        .isEqualTo("GET digits from ais://abc as " + out + " (16B)\n");
    assertThat(out).hasContent("0123456789abcdef");
    assertThat(sluice("get", "ais://abc/digits", "/dev/null"))
        .isEqualTo("GET (and discard) digits from ais://abc (16B)\n");
    assertThat(sluice("get", "ais://abc/digits", "--check-cached"))
        .isEqualTo("ais://abc/digits is present (is cached)\n");
    assertThat(json("ObjectView", "get", "ais://abc/digits", out.toString()).path("size").asInt())
        .isEqualTo(16);
    assertThat(run("get", "ais://abc/absent", out.toString()).failsWith(ExitCode.NOT_FOUND).err())
        .contains("NoSuchKey");
    assertThat(out).hasContent("0123456789abcdef");
  }

  @Test
  void anObjectIsShownWithAllThatIsKnown() throws IOException {
    sluice("create", "ais://md5", "--props=checksum.type=md5");
    sluice("put", file("text", "some text"), "ais://md5/shown");
    assertThat(sluice("show", "object", "s3://md5/shown", "--all"))
        .matches(
            """
            PROPERTY  VALUE
            atime     %s
            cached    yes
            checksum  md5\\[552e21cd4cd99186...\\]
            copies    1 \\[.*data\\]
            custom    -
            ec        -
            location  t\\[local\\]:mp\\[.*data\\]
            name      s3://md5/shown
            size      9B
            version   -
            """
                .formatted(DATE));
    JsonNode object = json("ObjectView", "object", "show", "md5/shown");
    assertThat(object.path("name").asString()).isEqualTo("ais://md5/shown");
    assertThat(object.path("etag").asString()).isEqualTo("552e21cd4cd9918678e3c1a0df491bc3");
    assertThat(run("show", "object", "ais://md5/x").failsWith(ExitCode.NOT_FOUND).err())
        .isEqualTo("Error: object \"x\" not found in ais://md5 (NoSuchKey)\n");
    Result denied = asUser("show", "object", "ais://md5/shown").failsWith(ExitCode.DENIED);
    assertThat(denied.err()).contains("AccessDenied");
    asUser("ls", "ais://md5").failsWith(ExitCode.DENIED);
    asUser("get", "ais://md5/shown", "/dev/null").failsWith(ExitCode.DENIED);
  }

  @Test
  void directoriesAndLargeFilesArePut() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("deep"));
    Files.writeString(tree.resolve("a"), "a");
    Files.writeString(tree.resolve("deep/b"), "b");
    run("put", tree.toString(), "ais://abc/t").failsWith(ExitCode.USAGE);
    assertThat(sluice("put", tree.toString(), "ais://abc/t", "--yes"))
        .contains("=> ais://abc/t/a\n")
        .contains("=> ais://abc/t/deep/b\n");
    assertThat(sluice("object", "rm", "ais://abc/t/a"))
        .isEqualTo("deleted \"t/a\" from ais://abc\n");
    assertThat(sluice("ls", "ais://abc", "--prefix", "t/", "--name-only"))
        .isEqualTo("NAME\nt/deep/b\n");
    assertThat(json("ObjectViews", "object", "rm", "ais://abc/t/deep/b").path("objects").size())
        .isEqualTo(1);
  }
}
