package io.sluice.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.sluice.error.S3Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines of JSON, and logs that are somebody else's. */
class LogFormatTest {
  @Test
  void aLineOfJsonHasTheMessageTheRequestAndTheCause() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.sluice.logging.test");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = appender(logger, bytes);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
    try {
      LogFormat.of("text").apply();
      logger.info("as text");
      LogFormat.of("json").apply();
      MDC.put("requestId", "ABC");
      logger.warn("a \"quoted\"\nline of {}", "two", new IOException("why"));
    } finally {
      MDC.clear();
      logger.detachAppender(appender);
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2).first().isEqualTo("as text");
    JsonNode line = JsonMapper.shared().readTree(lines.get(1));
    assertThat(line.path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("loggerName").asString()).isEqualTo("io.sluice.logging.test");
    assertThat(line.path("formattedMessage").asString()).isEqualTo("a \"quoted\"\nline of two");
    assertThat(line.path("mdc").path("requestId").asString()).isEqualTo("ABC");
    assertThat(line.path("throwable").path("message").asString()).isEqualTo("why");
    assertThat(line.path("timestamp").isIntegralNumber()).isTrue();
  }

  private static OutputStreamAppender<ILoggingEvent> appender(
      Logger logger, ByteArrayOutputStream bytes) {
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(logger.getLoggerContext());
    text.setPattern("%msg%n");
    text.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(logger.getLoggerContext());
    appender.setEncoder(text);
    appender.setOutputStream(bytes);
    appender.start();
    return appender;
  }

  @Test
  void logsOfAnotherLibraryAreLeftAlone() {
    LogLevels foreign = new LogLevels.Foreign("org.example.Factory");
    for (Runnable act :
        List.<Runnable>of(
            foreign::levels,
            () -> foreign.level("a"),
            () -> foreign.set("a", LogLevels.Level.INFO))) {
      assertThatThrownBy(act::run)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.code().status()).isEqualTo(501))
          .hasMessageContaining("org.example.Factory");
    }
  }
}
