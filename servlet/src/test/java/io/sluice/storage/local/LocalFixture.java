package io.sluice.storage.local;

import io.sluice.storage.Storage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Local stores for tests. */
final class LocalFixture {
  private LocalFixture() {}

  static Storage open(Path directory, long minPartSize) throws IOException {
    return open(directory, Map.of("min-part-size", Long.toString(minPartSize)));
  }

  static Storage open(Path directory, Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("data", directory.toString());
    settings.put("block-cache", "8388608");
    return new LocalStorageProvider().open(settings);
  }

  /** The blob files on disk. */
  static List<Path> blobs(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        directory.resolve("blobs"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) {
            // The janitor was faster.
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  /** Waits until there are so many blob files. */
  static void awaitBlobs(Path directory, int count) throws Exception {
    for (int i = 0; i < 100 && blobs(directory).size() != count; i++) {
      Thread.sleep(50);
    }
    org.assertj.core.api.Assertions.assertThat(blobs(directory)).hasSize(count);
  }

  /** A process of our own class path. */
  static Process child(Class<?> main, String... arguments) throws IOException {
    return childBuilder(main, arguments).start();
  }

  /** The same, not yet started. */
  static ProcessBuilder childBuilder(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** What a child process tells its parent, at once. */
  @SuppressWarnings("resource") // Closing standard output is not ours.
  static void say(String text) throws IOException {
    new FileOutputStream(FileDescriptor.out).write(text.getBytes(StandardCharsets.UTF_8));
  }
}
