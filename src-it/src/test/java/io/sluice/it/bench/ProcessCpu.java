package io.sluice.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time as Linux tells it in {@code /proc/PID/stat}, in steps of 10 ms. */
final class ProcessCpu {
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private ProcessCpu() {}

  /** Of a process and all below it. */
  static long nanos(long pid) {
    long own = ofOne(Path.of("/proc/" + pid + "/stat"));
    Stream<ProcessHandle> below =
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty());
    return own + below.mapToLong(child -> ofOne(Path.of("/proc/" + child.pid() + "/stat"))).sum();
  }

  private static long ofOne(Path stat) {
    try {
      String line = Files.readString(stat);
      // The name of the program, in parentheses, may hold blanks.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * NANOS_PER_TICK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
