package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The verbs of those who operate a gateway. */
class OperateVerbsTest extends CliCase {
  @Test
  void quotasAreSetAndShown() {
    assertThat(sluice("quota", "set", USER_ID, "--bytes", "10MiB", "--objects", "5"))
        .isEqualTo(
            "PROPERTY       VALUE\nowner          "
                + USER_ID
                + "\nquota.bytes    10.00MiB\nquota.objects  5\nusage.bytes    0B\n"
                + "usage.objects  0\nusage.parts    0\n");
    assertThat(json("AccountView", "quota", "set", USER_ID).toString())
        .doesNotContain("\"bytes\":10485760");
    assertThat(json("AccountView", "quota", "show", USER_ID).path("owner").asString())
        .isEqualTo(USER_ID);
    asUser("quota", "show", USER_ID).failsWith(ExitCode.DENIED);
  }

  @Test
  void theStoreIsCheckedAndCopiedInUse() {
    assertThat(sluice("store", "online-check")).startsWith("store check: done, ");
    Path copy = directory.resolve("copy");
    assertThat(sluice("store", "online-snapshot", copy.toString()))
        .startsWith("store snapshot: done, ");
    assertThat(copy.resolve("FORMAT")).exists();
    json("View", "store", "online-snapshot", directory.resolve("second").toString());
    assertThat(sluice("show", "job")).contains("store check", "done");
    assertThat(json("Views", "show", "job").path("jobs").size()).isGreaterThanOrEqualTo(2);
    String id = json("View", "store", "online-check").path("id").asString();
    assertThat(json("View", "show", "job", id, "--wait").path("state").asString())
        .isEqualTo("DONE");
    run("show", "job", "nothing").failsWith(ExitCode.NOT_FOUND);
    assertThat(sluice("store", "scrubber")).startsWith("PROPERTY");
    json("Scrubbed", "store", "scrubber");
  }

  @Test
  void helpIsWritten() throws IOException {
    StringBuilder pages = new StringBuilder();
    assertThat(
            io.sluice.runner.Main.run(
                new java.io.PrintWriter(new java.io.StringWriter()),
                new java.io.PrintWriter(new java.io.StringWriter()),
                "man",
                directory.resolve("man").toString()))
        .isZero();
    for (String name : new String[] {"sluice.1", "sluice-bucket-props.1", "sluice-serve.1"}) {
      pages.append(Files.readString(directory.resolve("man").resolve(name)));
    }
    assertThat(pages.toString())
        .contains(".TH \"SLUICE-BUCKET-PROPS\" \"1\"")
        .contains(".SH EXIT STATUS")
        .contains("\\-\\-endpoint URL");
  }

  @Test
  void whereNobodyAnswersIsTold() {
    Result result =
        run("ls", "--endpoint", "http://127.0.0.1:1/s3").failsWith(ExitCode.UNREACHABLE);
    assertThat(result.err()).contains("cannot reach http://127.0.0.1:1/s3");
    run("ls", "--endpoint", "nonsense").failsWith(ExitCode.USAGE);
    assertThat(run("ls", "--profile", "nobody").failsWith(ExitCode.USAGE).err())
        .contains("there is no profile nobody");
    assertThat(run("show", "object", "ais://nowhere/x", "--json").err())
        .contains("\"code\":\"NoSuchBucket\"");
  }
}
