package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of all bytes in the background. */
class LocalScrubTest extends ContractFixture {
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return open("1000000000", "PT0.02S");
  }

  private Storage open(String rate, String interval) throws IOException {
    return LocalFixture.open(directory, Map.of("scrub-rate", rate, "scrub-interval", interval));
  }

  private Maintenance.Scrubbed await(Predicate<Maintenance.Scrubbed> wanted) throws Exception {
    Maintenance care = storage.maintenance().orElseThrow();
    for (int i = 0; i < 400 && !wanted.test(care.scrubbed()); i++) {
      Thread.sleep(25);
    }
    assertThat(care.scrubbed()).matches(wanted);
    return care.scrubbed();
  }

  @Test
  void everythingIsReadAgainAndAgain() throws Exception {
    put("large", random(LARGE, 1));
    put("small", random(1000, 2));
    long passes = storage.maintenance().orElseThrow().scrubbed().passes();
    Maintenance.Scrubbed scrubbed = await(now -> now.passes() >= passes + 3);
    assertThat(scrubbed.bytes()).isGreaterThanOrEqualTo(2 * (LARGE + 1000));
    assertThat(scrubbed.findings()).isZero();
  }

  @Test
  void damageIsRememberedAndAnsweredAsAnError() throws Exception {
    put("good", random(LARGE, 1));
    Path good = LocalFixture.blobs(directory).get(0);
    put("bad", random(LARGE, 2));
    for (Path blob : LocalFixture.blobs(directory)) {
      if (!blob.equals(good)) {
        LocalCheckTest.flip(blob, LARGE - 1);
      }
    }
    await(now -> now.damagedBlobs() == 1 && now.findings() == 1);
    assertThatThrownBy(() -> storage.objects().get(ref("bad"), ReadOptions.ALL))
        .isInstanceOf(IOException.class)
        .hasMessage("Stored bytes are damaged");
    assertThat(read(ref("good"), ReadOptions.ALL)).isEqualTo(random(LARGE, 1));

    put("bad", random(LARGE, 3));
    assertThat(read(ref("bad"), ReadOptions.ALL)).isEqualTo(random(LARGE, 3));
    await(now -> now.damagedBlobs() == 0);
  }

  @Test
  void writesAndDeletionsAreNoDamage() throws Exception {
    long passes = storage.maintenance().orElseThrow().scrubbed().passes();
    for (int i = 0; i < 150; i++) {
      put("k" + i % 4, random(i % 2 == 0 ? 100 : 50_000, i));
      delete("k" + (i + 1) % 4);
    }
    assertThat(await(now -> now.passes() >= passes + 2).findings()).isZero();
  }

  @Test
  void itStopsAtOnceHoweverSlowItReads() throws Exception {
    put("large", random(LARGE, 1));
    storage.close();
    storage = open("1000", "PT0.01S");
    // The place from before is the end: a new pass begins, and pauses for minutes at its first
    // block.
    await(now -> now.bytes() == 0);
    Thread.sleep(300);
    long began = System.nanoTime();
    storage.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void theRateIsKept() throws Exception {
    storage.close();
    storage = open("0", "P7D");
    put("large", random(2_000_000, 1));
    storage.close();
    long began = System.nanoTime();
    storage = open("2000000", "PT0.01S");
    await(now -> now.bytes() >= 2_000_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(700));
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> LocalFixture.open(directory, Map.of("scrub-rate", "fast")))
        .hasMessageContaining("scrub-rate");
    assertThatThrownBy(() -> LocalFixture.open(directory, Map.of("scrub-interval", "week")))
        .hasMessageContaining("scrub-interval");
    assertThat(Files.exists(directory)).isTrue();
  }
}
