package io.sluice.storage.local;

import io.sluice.storage.local.blob.DirectorySync;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The data directory, owned by one store at a time. RocksDB's own lock does not hold between class
 * loaders of one JVM, so {@code LOCK} is ours: its overlap check spans them. Thread-safe.
 */
final class DataDirectory implements Closeable {
  /** The format that this code writes, and the newest that it reads. */
  static final int FORMAT_VERSION = 1;

  private static final String FORMAT_PREFIX = "sluice-local ";

  private final Path root;
  private final FileChannel lockChannel;

  private DataDirectory(Path root, FileChannel lockChannel) {
    this.root = root;
    this.lockChannel = lockChannel;
  }

  /**
   * Creates the directory where it is missing, and takes it.
   *
   * @throws IOException one line that says what is in the way
   */
  static DataDirectory open(Path root, LocalSettings.Presence presence) throws IOException {
    if (presence == LocalSettings.Presence.REQUIRED && !Files.exists(root.resolve("FORMAT"))) {
      throw new IOException(root + " is no data directory: it has no FORMAT file.");
    }
    Files.createDirectories(root);
    FileChannel channel =
        FileChannel.open(root.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(
            "The data directory " + root + " is in use by another process: stop that first.");
      }
      DataDirectory directory = new DataDirectory(root, channel);
      directory.checkFormat();
      return directory;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(
          "The data directory " + root + " is in use by another copy of the web application.", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void checkFormat() throws IOException {
    Path file = root.resolve("FORMAT");
    if (!Files.exists(file)) {
      if (Files.exists(index())) {
        throw new IOException("The data directory " + root + " has an index but no FORMAT file.");
      }
      write(file, FORMAT_PREFIX + FORMAT_VERSION + "\n");
      DirectorySync.sync(root);
      return;
    }
    String text = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (!text.matches(FORMAT_PREFIX + "\\d{1,6}")) {
      throw new IOException(file + " does not name a format: \"" + text + "\".");
    }
    int version = Integer.parseInt(text.substring(FORMAT_PREFIX.length()));
    if (version > FORMAT_VERSION) {
      throw new IOException(
          "The data directory "
              + root
              + " has format "
              + version
              + ", written by a newer version of Sluice; this one reads "
              + FORMAT_VERSION
              + ". Start the newer version.");
    }
    if (version < FORMAT_VERSION) {
      // Format 1 is the first one: an upgrade, once there is one, is named here.
      throw new IOException(
          "The data directory "
              + root
              + " has format "
              + version
              + "; this version of Sluice reads "
              + FORMAT_VERSION
              + ", and no upgrade leads there.");
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  /** Where RocksDB lives. */
  Path index() {
    return root.resolve("index");
  }

  /** Where the blob files live. */
  Path blobs() {
    return root.resolve("blobs");
  }

  /** Gives the directory free. */
  @Override
  public void close() throws IOException {
    lockChannel.close();
  }
}
