package io.sluice.it.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record of system calls, read for one thing: whether each answer to a write found the log of the
 * index, every blob file and every blob's directory synced since they were last written. A sync
 * counts when it has returned. Confined to one thread.
 */
final class SyncTrace {
  private static final Pattern CALL =
      Pattern.compile("(\\d+) +(\\w+)\\((?:AT_FDCWD(?:<[^>]*>)?, |\\d+<([^>]*)>)(.*)");
  private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>.*");
  private static final Pattern OPENED = Pattern.compile("\"([^\"]+)\".*O_CREAT.*");

  private final Path data;
  private final Set<String> dirty = new HashSet<>();
  private final Map<String, String> syncing = new HashMap<>();
  private final Set<String> blobFiles = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private boolean committed;
  private int answers;
  private int commits;

  private SyncTrace(Path data) {
    this.data = data;
  }

  static SyncTrace read(Path trace, Path data) throws IOException {
    SyncTrace read = new SyncTrace(data.toRealPath());
    for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      read.accept(line);
    }
    return read;
  }

  /** Answers 200 and 204 to requests of S3. */
  int answers() {
    return answers;
  }

  /** Those of them before which the log was written. */
  int commits() {
    return commits;
  }

  /** Blob files written. */
  int blobs() {
    return blobFiles.size();
  }

  /** What was not synced when an answer went out. */
  List<String> problems() {
    return problems;
  }

  private void accept(String line) {
    Matcher resumed = RESUMED.matcher(line);
    if (resumed.matches()) {
      String path = syncing.remove(resumed.group(1));
      if (path != null && resumed.group(2).endsWith("sync")) {
        dirty.remove(path);
      }
      return;
    }
    Matcher call = CALL.matcher(line);
    if (call.matches()) {
      String path = call.group(3) == null ? "" : call.group(3);
      call(call.group(1), call.group(2), path, call.group(4));
    }
  }

  private void call(String thread, String name, String path, String rest) {
    switch (name) {
      case "openat" -> opened(rest);
      case "fsync", "fdatasync" -> {
        if (rest.contains("<unfinished")) {
          syncing.put(thread, path);
        } else {
          dirty.remove(path);
        }
      }
      default -> written(path, rest);
    }
  }

  private void opened(String rest) {
    Matcher opened = OPENED.matcher(rest);
    if (opened.matches() && isBlob(opened.group(1))) {
      dirty.add(Path.of(opened.group(1)).getParent().toString());
    }
  }

  private void written(String path, String rest) {
    if (path.startsWith("TCP") || path.startsWith("socket")) {
      boolean done = rest.contains("HTTP/1.1 200") || rest.contains("HTTP/1.1 204");
      // What the gateway asks itself at its start is answered while it tries its store.
      if (done && !rest.contains("Cache-Control: no-store")) {
        answered(rest);
      }
    } else if (isBlob(path)) {
      blobFiles.add(path);
      dirty.add(path);
    } else if (path.startsWith(data.resolve("index").toString()) && path.endsWith(".log")) {
      committed = true;
      dirty.add(path);
    }
  }

  private void answered(String rest) {
    answers++;
    commits += committed ? 1 : 0;
    committed = false;
    for (String path : dirty) {
      problems.add("not synced before answer " + answers + ": " + path);
    }
  }

  private boolean isBlob(String path) {
    return path.startsWith(data.resolve("blobs").toString());
  }
}
