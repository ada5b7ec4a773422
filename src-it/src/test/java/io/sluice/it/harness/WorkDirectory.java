package io.sluice.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of the tests, below the module's build directory so that {@code clean} ends them. */
public final class WorkDirectory {
  private WorkDirectory() {}

  /** A new empty directory. */
  public static Path create(String name) throws IOException {
    Path parent = Path.of(System.getProperty("it.work", "target/it")).toAbsolutePath();
    Files.createDirectories(parent);
    return Files.createTempDirectory(parent, name + "-");
  }

  /** Deletes a directory and what is in it. */
  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot delete " + directory, failure);
    }
  }
}
