package io.sluice.storage.local.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
  private static final long FLOOR = 100;

  private long free = FLOOR;
  private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(1500);
  private int looks;
  private boolean broken;

  private FreeSpace watch(long floor) {
    return new FreeSpace(floor, this::look, () -> now);
  }

  private long look() throws IOException {
    looks++;
    if (broken) {
      throw new IOException("The disk does not answer");
    }
    return free;
  }

  private static void assertFull(FreeSpace space) {
    assertThatThrownBy(space::require)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.STORAGE_FULL));
  }

  @Test
  void theDiskIsAskedOnceASecond() {
    FreeSpace space = watch(FLOOR);
    for (int i = 0; i < 1000; i++) {
      space.require();
    }
    assertThat(looks).isEqualTo(1);
    free = FLOOR - 1;
    now += TimeUnit.MILLISECONDS.toNanos(999);
    space.require();
    // Across the point where the clock's number wraps.
    now += TimeUnit.SECONDS.toNanos(1);
    assertFull(space);
    assertFull(space);
    assertThat(looks).isEqualTo(2);
    free = FLOOR;
    now += TimeUnit.SECONDS.toNanos(1);
    space.require();
  }

  @Test
  void aDiskThatDoesNotAnswerChangesNothing() {
    free = 0;
    FreeSpace space = watch(FLOOR);
    assertFull(space);
    broken = true;
    now += TimeUnit.SECONDS.toNanos(1);
    assertFull(space);
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void noFloorAsksNothing() {
    free = 0;
    watch(0).require();
    assertThat(looks).isZero();
  }
}
