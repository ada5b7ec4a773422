package io.sluice.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories of the tests, below the module's build directory so that {@code clean} ends them. */
public final class WorkDirectory {
  private WorkDirectory() {}

  /** A new empty directory. */
  public static Path create(String name) throws IOException {
    Path parent = Path.of(System.getProperty("it.work", "target/it")).toAbsolutePath();
    Files.createDirectories(parent);
    return Files.createTempDirectory(parent, name + "-");
  }
}
