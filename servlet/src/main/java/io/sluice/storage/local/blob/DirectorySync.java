package io.sluice.storage.local.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Syncs one directory for many writers: while one sync runs, the others gather, and the next one
 * serves them all. Thread-safe.
 */
public final class DirectorySync {
  private final Path directory;
  private long arrivals;
  private long served;
  private boolean running;

  public DirectorySync(Path directory) {
    this.directory = directory;
  }

  /** Returns when every entry made before the call is durable. */
  public void sync() throws IOException {
    long target;
    synchronized (this) {
      long mine = ++arrivals;
      try {
        while (running && served < mine) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while a directory was synced", e);
      }
      if (served >= mine) {
        return;
      }
      running = true;
      target = arrivals;
    }
    boolean done = false;
    try {
      sync(directory);
      done = true;
    } finally {
      synchronized (this) {
        running = false;
        served = done ? Math.max(served, target) : served;
        notifyAll();
      }
    }
  }

  /** Makes the entries of a directory durable. */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the bytes of a file durable. */
  public static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
