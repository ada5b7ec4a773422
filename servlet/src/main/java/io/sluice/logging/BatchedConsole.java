package io.sluice.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes the log to the console. The line of a request may wait a moment for others, since a write
 * for each would cost more than the line; every other line goes out at once, behind those that
 * wait. Thread-safe.
 */
public final class BatchedConsole extends ConsoleAppender<ILoggingEvent> {
  /** The logger whose lines may wait. */
  static final String ACCESS = "io.sluice.access";

  private static final int BUFFER_BYTES = 32 * 1024;
  private static final long WAIT_MILLIS = 50;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(WAIT_MILLIS, TimeUnit.MILLISECONDS);

  private final AtomicBoolean waiting = new AtomicBoolean();

  @Override
  public void start() {
    setImmediateFlush(false);
    super.start();
  }

  @Override
  public void setOutputStream(OutputStream console) {
    super.setOutputStream(new BufferedOutputStream(console, BUFFER_BYTES));
  }

  @Override
  protected void append(ILoggingEvent event) {
    super.append(event);
    if (event.getLevel().isGreaterOrEqual(Level.WARN) || !event.getLoggerName().equals(ACCESS)) {
      flush();
    } else if (!waiting.get() && waiting.compareAndSet(false, true)) {
      later();
    }
  }

  /** The JDK's thread outlives an application, so it must not begin with its class loader. */
  private void later() {
    Thread thread = Thread.currentThread();
    ClassLoader application = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      LATER.execute(
          () -> {
            // First: a line that comes meanwhile waits anew.
            waiting.set(false);
            flush();
          });
    } finally {
      thread.setContextClassLoader(application);
    }
  }

  /** Writes what waits. */
  void flush() {
    streamWriteLock.lock();
    try {
      if (isStarted()) {
        getOutputStream().flush();
      }
    } catch (IOException e) {
      addError("Lines of the log could not be written", e);
    } finally {
      streamWriteLock.unlock();
    }
  }

  /** Writes what waits in any of a context's appenders. */
  static void flushAll(LoggerContext context) {
    Iterator<Appender<ILoggingEvent>> appenders =
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof BatchedConsole console) {
        console.flush();
      }
    }
  }
}
