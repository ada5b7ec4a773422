package io.sluice.runner;

import io.sluice.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether the files of TLS have changed, and then takes them. Files that do not
 * fit together, as between the writing of two of them, change nothing until they do. Thread-safe.
 */
final class TlsReload extends AbstractLifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

  private final GatewayConfig.Tls tls;
  private final TlsListener listener;
  private @Nullable ScheduledExecutorService clock;
  private String seen;

  TlsReload(GatewayConfig.Tls tls, String seen, TlsListener listener) {
    this.tls = tls;
    this.seen = seen;
    this.listener = listener;
  }

  /** What tells one state of the files from another. */
  static String stateOf(GatewayConfig.Tls tls) {
    return Stream.of(tls.certificate(), tls.privateKey(), tls.clientCa())
        .filter(Objects::nonNull)
        .map(TlsReload::stateOf)
        .collect(Collectors.joining(" "));
  }

  private static String stateOf(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.lastModifiedTime() + "/" + found.size() + "/" + found.fileKey();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  protected void doStart() {
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tls-reload");
              thread.setDaemon(true);
              return thread;
            });
    var unused = clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    String state = stateOf(tls);
    if (state.equals(seen)) {
      return;
    }
    seen = state;
    try {
      listener.reload(TlsFiles.read(tls));
      LOG.info("Took the new certificate in {}", tls.certificate());
    } catch (IOException | RuntimeException e) {
      LOG.warn("The certificate stays as it is: {}", e.toString());
    }
  }

  @Override
  protected void doStop() {
    if (clock != null) {
      clock.shutdownNow();
    }
  }
}
