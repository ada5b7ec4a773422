package io.sluice.web.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the container for what it must let through, by requests to itself, and compares what arrives
 * with what was sent. Settings of a connector do not change while it runs, so findings are kept for
 * a while. Thread-safe.
 */
public final class SelfTest {
  private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int NONCE_BYTES = 16;

  private final String nonce;
  private final AtomicBoolean logged = new AtomicBoolean();
  private @Nullable Report last;

  /** One with a secret of its own, by which the gateway knows its own requests. */
  public SelfTest() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    this.nonce = HexFormat.of().formatHex(bytes);
  }

  /**
   * What came of one request.
   *
   * @param setting what it was about
   * @param fault what was wrong; null when it arrived as it was sent
   */
  record Finding(ContainerSetting setting, @Nullable String fault) {}

  /** What came of all. */
  record Report(ConnectorAddress address, List<Finding> findings, long atNanos) {
    List<Finding> wrong() {
      return findings.stream().filter(finding -> finding.fault() != null).toList();
    }
  }

  /** Whether a request is one of the gateway's own. */
  boolean knows(@Nullable String sent) {
    return sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), nonce.getBytes(StandardCharsets.UTF_8));
  }

  /** Tests in the background, once, and leaves a warning for each setting that is wrong. */
  public void logOnce(ConnectorAddress address) {
    if (logged.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> log(address), "self-test");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void log(ConnectorAddress address) {
    try {
      for (Finding finding : run(address).wrong()) {
        LOG.warn(
            "The container gets in the way of {} ({}); change: {}",
            finding.setting().matter(),
            finding.fault(),
            finding.setting().change(address.isTomcat()));
      }
    } catch (IOException e) {
      LOG.info("The container's settings could not be tested: {}", e.getMessage());
    }
  }

  /**
   * Tests a connector, or tells what was found a moment ago.
   *
   * @throws IOException when not even a plain request comes through, in one line
   */
  synchronized Report run(ConnectorAddress address) throws IOException {
    Report known = last;
    if (known != null
        && known.address().equals(address)
        && System.nanoTime() - known.atNanos() < KEPT.toNanos()) {
      return known;
    }
    SelfRequest request = SelfRequest.to(address, nonce);
    List<Finding> findings = new ArrayList<>();
    for (ContainerSetting setting : ContainerSetting.ALL) {
      findings.add(new Finding(setting, request.faultOf(setting)));
    }
    Report report = new Report(address, List.copyOf(findings), System.nanoTime());
    last = report;
    return report;
  }
}
