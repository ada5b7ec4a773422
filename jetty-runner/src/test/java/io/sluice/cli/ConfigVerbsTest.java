package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What the seed shows of settings of the whole gateway, and of access to buckets. */
class ConfigVerbsTest extends CliCase {
  @Override
  ConfigReader settings(ConfigReader reader) {
    return reader.option(ConfigKey.METRICS_TOKEN, "hush");
  }

  @Test
  void featuresAreSwitchedAsASet() throws IOException {
    assertThat(sluice("config", "cluster", "features", "Provide-S3-API-via-Root"))
        .startsWith("PROPERTY  VALUE\nfeatures  S3-API-via-Root\n\nFEATURE")
        .endsWith("\n\nCluster config updated\n");
    String root = endpoint().replace("/s3", "");
    sluice("ls", "ais:", "--endpoint", root);
    sluice("create", "ais://rooted", "--endpoint", root);
    assertThat(sluice("config", "cluster", "features", "none"))
        .startsWith("PROPERTY  VALUE\nfeatures  none\n");
    run("create", "ais://unrooted", "--endpoint", root).failsWith(ExitCode.FAILED);
    sluice("create", "ais://unrooted");
    assertThat(sluice("config", "cluster", "features", "0x10")).contains("S3-API-via-Root");
    assertThat(
            run("config", "cluster", "features", "Perpetual-Motion")
                .failsWith(ExitCode.FAILED)
                .err())
        .contains("unknown feature flag 'Perpetual-Motion'");
    assertThat(json("ClusterView", "config", "cluster").path("features").get(0).asString())
        .isEqualTo("S3-API-via-Root");
    asUser("config", "cluster", "features", "none").failsWith(ExitCode.DENIED);
  }

  @Test
  void settingsAreShownWithTheirSources() {
    assertThat(sluice("show", "config", "metrics"))
        .isEqualTo("PROPERTY       VALUE     SOURCE\nmetrics.token  (hidden)  command line\n");
    assertThat(sluice("show", "config")).contains("store.name").contains("  default\n");
    JsonNode config = json("ConfigView", "show", "config");
    assertThat(config.toString())
        .doesNotContain("hush")
        .contains("{\"name\":\"port\",\"value\":\"0\",\"source\":\"command-line\"");
    asUser("show", "config").failsWith(ExitCode.DENIED);
  }

  @Test
  void loggersWriteWhatTheyAreTold() {
    Logger logger = LoggerFactory.getLogger("io.sluice.some.logger");
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(sluice("config", "log", "io.sluice.some", "debug"))
        .isEqualTo("LOGGER          LEVEL  EFFECTIVE\nio.sluice.some  debug  debug\n");
    assertThat(logger.isDebugEnabled()).isTrue();
    assertThat(sluice("config", "log")).contains("ROOT").contains("io.sluice.some  ");
    assertThat(
            json("LoggerLevel", "config", "log", "io.sluice.some.other.one")
                .path("effective")
                .asString())
        .isEqualTo("DEBUG");
    json("LogsView", "config", "log");
    assertThat(sluice("config", "log", "io.sluice.some", "inherit")).contains("inherit  info");
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(run("config", "log", "sluice.audit", "off").failsWith(ExitCode.FAILED).err())
        .contains("not silenced");
    run("config", "log", "ROOT", "inherit").failsWith(ExitCode.FAILED);
    run("config", "log", "io.sluice", "loudly").failsWith(ExitCode.FAILED);
    run("config", "log", "a b", "info").failsWith(ExitCode.FAILED);
    asUser("config", "log", "io.sluice", "debug").failsWith(ExitCode.DENIED);
  }

  @Test
  void actsAndRefusalsAreAudited() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    ch.qos.logback.classic.Logger audit =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("sluice.audit");
    lines.start();
    audit.addAppender(lines);
    try {
      sluice("config", "cluster", "checksum.type=crc64nvme");
      run("config", "log", "sluice.audit", "off").failsWith(ExitCode.FAILED);
      asUser("config", "log").failsWith(ExitCode.DENIED);
      run("show", "config", "--endpoint", endpoint(), "--profile", "wrong")
          .failsWith(ExitCode.DENIED);
      sluice("show", "config");
      assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
          .containsExactly(
              "ROOTKEY PATCH cluster done 28",
              "ROOTKEY PUT logs/sluice.audit failed 15",
              "USERKEY GET /-/admin/v1/logs refused AccessDenied 127.0.0.1",
              "- GET /-/admin/v1/config refused SignatureDoesNotMatch 127.0.0.1");
    } finally {
      audit.detachAppender(lines);
    }
  }

  @Test
  void newBucketsHaveTheChecksumOfTheCluster() {
    sluice("create", "ais://before");
    assertThat(sluice("config", "cluster", "checksum.type=md5"))
        .isEqualTo("PROPERTY       VALUE\nchecksum.type  md5\n\nCluster config updated\n");
    sluice("create", "ais://after");
    assertThat(sluice("show", "bucket", "ais://after")).contains("Type: md5 | Validate: ColdGET");
    assertThat(sluice("show", "bucket", "ais://before")).contains("Type: crc64nvme");
    run("config", "cluster", "checksum.type=crc16").failsWith(ExitCode.FAILED);
    run("config", "cluster", "color=blue").failsWith(ExitCode.USAGE);
    assertThat(sluice("config", "cluster", "checksum.type")).contains("md5");
  }

  @Test
  void aReadOnlyBucketIsRead() throws IOException {
    sluice("create", "ais://kept");
    String text = file("text", "some text");
    sluice("put", text, "ais://kept/a");
    assertThat(sluice("bucket", "props", "ais://kept", "access=ro"))
        .startsWith("\"access\" set to: \"ro\" (was: \"rw\")\n");
    assertThat(run("put", text, "ais://kept/b").failsWith(ExitCode.DENIED).err())
        .contains("AccessDenied");
    run("object", "rm", "ais://kept/a").failsWith(ExitCode.DENIED);
    run("bucket", "rm", "ais://kept", "-y").failsWith(ExitCode.DENIED);
    sluice("get", "ais://kept/a", "/dev/null");
    assertThat(sluice("ls", "ais://kept", "--name-only")).isEqualTo("NAME\na\n");
    sluice("bucket", "props", "ais://kept", "access=rw");
    sluice("put", text, "ais://kept/b");
    run("bucket", "props", "ais://kept", "access=maybe").failsWith(ExitCode.FAILED);
  }

  @Test
  void aBucketIsOpenForWhatItsAccessNames() throws IOException {
    sluice("create", "ais://bounded");
    sluice("create", "ais://beside");
    String text = file("text", "some text");
    sluice("put", text, "ais://bounded/a");

    sluice("bucket", "props", "ais://bounded", "access=PUT,HEAD-OBJECT");
    sluice("put", text, "ais://bounded/b");
    run("get", "ais://bounded/a", "/dev/null").failsWith(ExitCode.DENIED);
    run("object", "rm", "ais://bounded/a").failsWith(ExitCode.DENIED);
    run("bucket", "rm", "ais://bounded", "-y").failsWith(ExitCode.DENIED);
    assertThat(sluice("show", "bucket", "ais://bounded")).contains("PUT,HEAD-OBJECT");
    assertThat(sluice("policy", "explain", "ROOTKEY", "s3:GetObject", "arn:aws:s3:::bounded/a"))
        .contains("implicitly_denied", "property access");

    sluice("bucket", "props", "ais://bounded", "access=0x201");
    sluice("get", "ais://bounded/a", "/dev/null");
    run("put", text, "ais://bounded/c").failsWith(ExitCode.DENIED);
    run("bucket", "props", "ais://bounded", "access=GET,FLY").failsWith(ExitCode.FAILED);
    run("bucket", "props", "ais://bounded", "access=0x10000000000000000")
        .failsWith(ExitCode.FAILED);
    sluice("bucket", "props", "ais://bounded", "access=su");
    sluice("object", "rm", "ais://bounded/a");
  }
}
