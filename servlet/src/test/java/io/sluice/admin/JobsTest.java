package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3Exception;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
  private final Jobs jobs = new Jobs(Clock.systemUTC());

  @AfterEach
  void close() {
    jobs.close();
  }

  private Jobs.View ended(String id) throws InterruptedException {
    for (int i = 0; i < 1000 && jobs.view(id).endedAt() == null; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return jobs.view(id);
  }

  @Test
  void aJobThatAsksStopsAndOneThatWaitsNeverBegins() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    String first =
        jobs.submitCancellable(
                "one",
                teller -> {
                  running.countDown();
                  long turns = 0;
                  while (!teller.isCancelled()) {
                    teller.progress(Map.of("done", ++turns));
                    TimeUnit.MILLISECONDS.sleep(5);
                  }
                  return Map.of("turns", turns);
                })
            .id();
    String second = jobs.submitCancellable("two", teller -> Map.of("ran", true)).id();
    String beside = jobs.submit("three", teller -> Map.of("ran", true)).id();
    assertThat(ended(beside).result()).as("a job about the store").containsKey("ran");
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(jobs.cancel(second).state()).isEqualTo(Jobs.State.CANCELLED);
    jobs.cancel(first);
    Jobs.View view = ended(first);
    assertThat(view.state()).isEqualTo(Jobs.State.CANCELLED);
    assertThat(view.progress().get("done")).isPositive();
    assertThat(view.result()).containsKey("turns");
    assertThat(ended(second).result()).isEmpty();
    assertThatThrownBy(() -> jobs.cancel("none")).isInstanceOf(S3Exception.class);
  }

  @Test
  void oneThatDoesNotAskGoesOn() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    String id =
        jobs.submit(
                "check",
                teller -> {
                  running.countDown();
                  end.await();
                  return Map.of();
                })
            .id();
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> jobs.cancel(id)).hasMessageContaining("goes on");
    end.countDown();
    assertThat(ended(id).state()).isEqualTo(Jobs.State.DONE);
    assertThat(jobs.cancel(id).state()).isEqualTo(Jobs.State.DONE);
  }
}
