package io.sluice.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Vital;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What readiness tries, and how often. */
class ReadinessTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger trials = new AtomicInteger();
  private boolean broken;
  private boolean unreachable;

  private final Storage storage =
      new Vitals(
          new MemoryStorage(),
          List.of(
              new Vital("store", Vital.Place.HERE, this::write),
              new Vital("aws", Vital.Place.REMOTE, this::reach)));

  private void write() throws IOException {
    trials.incrementAndGet();
    if (broken) {
      throw new IOException("read-only file system");
    }
  }

  private void reach() throws IOException {
    if (unreachable) {
      throw new IOException("no route");
    }
  }

  @Test
  void aStoreThatTakesNoWritesIsNotReady() {
    Readiness readiness = new Readiness(storage, false, now::get);
    assertThat(readiness.failing()).isEmpty();
    broken = true;
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(readiness.failing()).containsExactly("store");
    broken = false;
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(readiness.failing()).isEmpty();
  }

  @Test
  void whoAsksOftenIsToldWhatWasFound() {
    Readiness readiness = new Readiness(storage, false, now::get);
    for (int i = 0; i < 10; i++) {
      readiness.failing();
      now.addAndGet(Duration.ofMillis(50).toNanos());
    }
    assertThat(trials).hasValue(1);
  }

  @Test
  void providersCountBySetting() {
    unreachable = true;
    assertThat(new Readiness(storage, false, now::get).failing()).isEmpty();
    assertThat(new Readiness(storage, true, now::get).failing()).containsExactly("aws");
  }

  /** A store with other vital parts. */
  private record Vitals(Storage storage, List<Vital> vitals) implements Storage {
    @Override
    public BucketStore buckets() {
      return storage.buckets();
    }

    @Override
    public ObjectStore objects() {
      return storage.objects();
    }

    @Override
    public MultipartStore uploads() {
      return storage.uploads();
    }

    @Override
    public Set<Capability> capabilities() {
      return storage.capabilities();
    }

    @Override
    public void close() throws IOException {
      storage.close();
    }
  }
}
