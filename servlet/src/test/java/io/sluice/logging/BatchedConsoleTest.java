package io.sluice.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;

/** Which lines wait, and for how long. */
@ResourceLock(Resources.SYSTEM_ERR)
class BatchedConsoleTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final BatchedConsole console = new BatchedConsole();

  @BeforeEach
  void start() {
    System.setErr(new PrintStream(written, false, StandardCharsets.UTF_8));
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    context.setMDCAdapter(new LogbackMDCAdapter());
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
  }

  @AfterEach
  void stop() {
    context.stop();
    System.setErr(before);
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineOfARequestGoesOutBeforeTheNextOtherLine() {
    context.getLogger(BatchedConsole.ACCESS).info("request");
    context.getLogger("io.sluice.other").info("other");

    assertThat(written().lines()).containsExactly("request", "other");
  }

  @Test
  void aWarningOfTheAccessLogDoesNotWait() {
    context.getLogger(BatchedConsole.ACCESS).warn("odd");

    assertThat(written().lines()).containsExactly("odd");
  }

  @Test
  @Timeout(10)
  void aLineOfARequestWaitsForNoOther() throws InterruptedException {
    context.getLogger(BatchedConsole.ACCESS).info("request");

    while (written().isEmpty()) {
      Thread.sleep(5);
    }
    context.getLogger(BatchedConsole.ACCESS).info("next");
    while (written().lines().count() < 2) {
      Thread.sleep(5);
    }
    assertThat(written().lines()).containsExactly("request", "next");
  }

  @Test
  void theEndWritesWhatWaits() {
    context.getLogger(BatchedConsole.ACCESS).info("last");

    BatchedConsole.flushAll(context);

    assertThat(written().lines()).containsExactly("last");
  }
}
