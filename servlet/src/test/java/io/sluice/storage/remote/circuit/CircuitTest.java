package io.sluice.storage.remote.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final AtomicLong now = new AtomicLong();
  private final Circuit circuit = new Circuit("far", 3, Duration.ofSeconds(5), now::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.admit();
      circuit.failed("refused");
    }
  }

  private void refuses(int seconds) {
    assertThatThrownBy(circuit::admit)
        .isInstanceOfSatisfying(
            ProviderAwayException.class, e -> assertThat(e.retryAfterSeconds()).isEqualTo(seconds));
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void failuresInARowOpenIt() {
    fail(2);
    circuit.admit();
    circuit.answered();
    fail(2);
    assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
    fail(1);
    assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
    refuses(5);
    pass(3500);
    refuses(2);
  }

  @Test
  void oneTriesAndDecides() {
    fail(3);
    pass(5000);
    circuit.admit();
    assertThat(circuit.state()).isEqualTo(Circuit.State.HALF_OPEN);
    refuses(1);
    circuit.failed("refused");
    refuses(5);
    pass(5000);
    circuit.admit();
    circuit.undecided();
    circuit.admit();
    circuit.answered();
    assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
    fail(2);
    assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
  }

  @Test
  void requestsThatWereUnderWayDoNotKeepItOpenForLonger() {
    fail(3);
    pass(4000);
    circuit.failed("late");
    pass(1000);
    circuit.admit();
    circuit.answered();
    circuit.admit();
  }

  @Test
  void itMayBeOff() {
    Circuit off = new Circuit("far", 0, Duration.ofSeconds(5), now::get);
    for (int i = 0; i < 100; i++) {
      off.admit();
      off.failed("refused");
    }
    assertThat(off.state()).isEqualTo(Circuit.State.CLOSED);
  }
}
