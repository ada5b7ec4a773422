package io.sluice.storage.local.blob;

import io.sluice.storage.local.index.Sequences;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Blob files, each immutable under a name of its own: {@code blobs/<epoch>/<number>}, where the id
 * is the epoch times 65,536 and the number. Thread-safe.
 */
public final class BlobDirectory {
  /** Keeps directories short, and short too the walk after a crash. */
  private static final int FILES_PER_EPOCH = 4096;

  private static final int NUMBER_BITS = 16;
  private static final int EPOCH_DIGITS = 10;
  private static final int NUMBER_DIGITS = 4;
  private static final HexFormat HEX = HexFormat.of();

  private final Path root;
  private final Sequences sequences;
  private final long firstEpoch;
  private final Map<Long, Epoch> opening = new HashMap<>();
  private Epoch epoch;

  /** A directory of blobs in use. */
  private static final class Epoch {
    final long number;
    final DirectorySync sync;
    int files;

    /** How many files of it are being made this moment. */
    int opening;

    Epoch(long number, Path directory) {
      this.number = number;
      this.sync = new DirectorySync(directory);
    }
  }

  public BlobDirectory(Path root, Sequences sequences) throws IOException {
    this.root = root.toAbsolutePath();
    this.sequences = sequences;
    Files.createDirectories(root);
    Path parent = this.root.getParent();
    if (parent != null) {
      DirectorySync.sync(parent);
    }
    this.epoch = begin();
    this.firstEpoch = epoch.number;
  }

  private Epoch begin() throws IOException {
    long number = sequences.nextEpoch();
    Path directory = directory(number);
    Files.createDirectories(directory);
    DirectorySync.sync(root);
    return new Epoch(number, directory);
  }

  private Path directory(long number) {
    return root.resolve(HEX.toHexDigits(number, EPOCH_DIGITS));
  }

  /** Where the epochs are. */
  public Path root() {
    return root;
  }

  /** The first epoch of this opening: every file of an older one was finished before. */
  public long firstEpoch() {
    return firstEpoch;
  }

  /** The epoch that is being written. */
  public synchronized long currentEpoch() {
    return epoch.number;
  }

  /** Begins a blob in a new file. */
  public BlobWriter create() throws IOException {
    Epoch mine;
    int number;
    synchronized (this) {
      if (epoch.files == FILES_PER_EPOCH) {
        epoch = begin();
      }
      mine = epoch;
      number = mine.files++;
      mine.opening++;
      opening.put(mine.number, mine);
    }
    try {
      long id = mine.number << NUMBER_BITS | number;
      return new BlobWriter(id, path(id), mine.sync);
    } finally {
      synchronized (this) {
        mine.opening--;
        if (mine.opening == 0) {
          opening.remove(mine.number);
        }
      }
    }
  }

  /** Removes the directories of finished epochs whose files are all gone; returns how many. */
  public int removeEmpty() throws IOException {
    int removed = 0;
    for (long number : epochsBefore(currentEpoch())) {
      synchronized (this) {
        if (opening.containsKey(number)) {
          continue;
        }
      }
      // No file begins in a finished epoch, so that one which is empty stays so.
      try {
        Files.delete(directory(number));
        removed++;
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        // It is still used, or was never made.
      }
    }
    return removed;
  }

  /** Where a blob's bytes are. */
  public Path path(long id) {
    return directory(id >>> NUMBER_BITS)
        .resolve(HEX.toHexDigits(id & (1L << NUMBER_BITS) - 1, NUMBER_DIGITS));
  }

  /** Deletes a blob's file; succeeds when there is none. */
  public void delete(long id) throws IOException {
    Files.deleteIfExists(path(id));
  }

  /**
   * The ids of the files in the epochs from one on, without the one being written.
   *
   * @param firstEpoch the oldest epoch to look at
   */
  public List<Long> filesSince(long firstEpoch) throws IOException {
    List<Long> ids = new ArrayList<>();
    long end = currentEpoch();
    for (long number = firstEpoch; number < end; number++) {
      ids.addAll(files(number));
    }
    return ids;
  }

  /** The ids of the files of an epoch; none when it has no directory. */
  public List<Long> files(long number) throws IOException {
    List<Long> ids = new ArrayList<>();
    Path directory = directory(number);
    if (!Files.isDirectory(directory)) {
      return ids;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.matches("[0-9a-f]{" + NUMBER_DIGITS + "}")) {
          ids.add(number << NUMBER_BITS | HexFormat.fromHexDigits(name));
        }
      }
    }
    return ids;
  }

  /** The epochs below one that have a directory, in order. */
  public List<Long> epochsBefore(long end) throws IOException {
    try (Stream<Path> directories = Files.list(root)) {
      return directories
          .map(directory -> directory.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{" + EPOCH_DIGITS + "}"))
          .map(HexFormat::fromHexDigitsToLong)
          .filter(number -> number < end)
          .sorted()
          .toList();
    }
  }
}
