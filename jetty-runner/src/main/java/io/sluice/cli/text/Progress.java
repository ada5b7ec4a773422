package io.sluice.cli.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;

/** A bar that moves while bytes do, on a terminal alone. Confined to one thread. */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long EVERY_NANOS = 100_000_000L;

  private final PrintWriter err;
  private final String name;
  private final long total;
  private final boolean visible;
  private long done;
  private long drawnAt;
  private boolean drawn;

  /**
   * A bar.
   *
   * @param total how much there is to do, in bytes; 0 when nobody knows
   * @param visible whether it is drawn at all
   */
  public Progress(PrintWriter err, String name, long total, boolean visible) {
    this.err = err;
    this.name = name;
    this.total = total;
    this.visible = visible;
    this.drawnAt = System.nanoTime();
  }

  /** Counts. */
  public void add(long bytes) {
    done += bytes;
    long now = System.nanoTime();
    if (visible && now - drawnAt > EVERY_NANOS) {
      drawnAt = now;
      drawn = true;
      err.print("\r" + line());
      err.flush();
    }
  }

  private String line() {
    if (total <= 0) {
      return name + "  " + Sizes.of(done);
    }
    int filled = (int) Math.min(WIDTH, done * WIDTH / total);
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %3d%% %s/%s ",
        name,
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        Math.min(100, done * 100 / total),
        Sizes.of(done),
        Sizes.of(total));
  }

  /** A stream whose bytes are counted. */
  public InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int value = super.read();
        add(value < 0 ? 0 : 1);
        return value;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        add(Math.max(0, count));
        return count;
      }
    };
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (drawn) {
      err.print("\r" + " ".repeat(line().length()) + "\r");
      err.flush();
    }
  }
}
