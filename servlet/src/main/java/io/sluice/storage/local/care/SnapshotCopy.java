package io.sluice.storage.local.care;

import io.sluice.storage.local.blob.DirectorySync;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.option.Durability;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of a data directory as it is at one moment. The order makes it consistent while writes go
 * on: from before the index is copied until the last file is linked, no blob is deleted; then
 * exactly the blobs that the copied index knows are linked, and all of them are there, since a blob
 * is durable before the index knows it. The copy grows beside the target and takes its name when it
 * is complete and durable. Confined to one thread.
 */
final class SnapshotCopy {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotCopy.class);
  private static final long CACHE_BYTES = 8L << 20;
  private static final String UNFINISHED = ".unfinished";

  private final LocalCare.Store store;
  private final Path target;
  private long blobs;
  private long bytes;
  private long missing;

  SnapshotCopy(LocalCare.Store store, Path target) {
    this.store = store;
    this.target = target.toAbsolutePath().normalize();
  }

  Maintenance.Copied run() throws IOException {
    Path parent = checkTarget();
    Path growing = target.resolveSibling(target.getFileName() + UNFINISHED);
    if (Files.exists(growing)) {
      throw new IOException(
          growing
              + " is there: another snapshot is under way, or one was cut off; delete it then.");
    }
    Files.createDirectory(growing);
    boolean complete = false;
    try {
      copy(growing);
      Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
      DirectorySync.sync(parent);
      complete = true;
    } finally {
      if (!complete) {
        delete(growing);
      }
    }
    return new Maintenance.Copied(blobs, bytes, missing);
  }

  private Path checkTarget() throws IOException {
    Path root = store.root().toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null || target.startsWith(root) || root.startsWith(target)) {
      throw new IOException("A snapshot of " + root + " cannot be in it or around it: " + target);
    }
    if (!Files.isDirectory(parent)) {
      throw new IOException("The directory " + parent + " does not exist.");
    }
    if (Files.exists(target) && !isEmptyDirectory(target)) {
      throw new IOException(target + " is there, and is not an empty directory.");
    }
    if (!Files.getFileStore(parent).equals(Files.getFileStore(root))) {
      throw crossDevice(null);
    }
    return parent;
  }

  private IOException crossDevice(@org.jspecify.annotations.Nullable IOException cause) {
    return new IOException(
        target
            + " is on another file system than "
            + store.root()
            + ": a snapshot links files, so that it must be on the same one; copy it from there.",
        cause);
  }

  private static boolean isEmptyDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private void copy(Path growing) throws IOException {
    Path index = growing.resolve("index");
    store.pins().keepAll();
    try {
      store.database().copyTo(index);
      Path to = Files.createDirectory(growing.resolve("blobs"));
      try (IndexDatabase copied = new IndexDatabase(index, CACHE_BYTES, Durability.GROUP)) {
        linkBlobs(copied, to);
      }
      DirectorySync.sync(to);
    } finally {
      store.pins().letAllGo();
    }
    Files.copy(store.root().resolve("FORMAT"), growing.resolve("FORMAT"));
    DirectorySync.syncFile(growing.resolve("FORMAT"));
    DirectorySync.sync(growing);
  }

  private void linkBlobs(IndexDatabase copied, Path to) throws IOException {
    Set<Path> directories = new HashSet<>();
    byte[] after = {};
    for (List<Rows.Row> page = copied.page(Column.BLOBS, after);
        !page.isEmpty();
        page = copied.page(Column.BLOBS, after)) {
      for (Rows.Row row : page) {
        long id = IndexKeys.lastLong(row.key());
        if (BlobAudit.isReferenced(copied, id)) {
          Path from = store.blobs().path(id);
          Path link = to.resolve(store.blobs().root().relativize(from));
          Path directory = to.resolve(store.blobs().root().relativize(from).getName(0));
          if (directories.add(directory)) {
            Files.createDirectories(directory);
          }
          link(from, link, IndexCodec.blob(row.value()).sizeBytes());
        }
      }
      after = page.get(page.size() - 1).key();
    }
    for (Path directory : directories) {
      DirectorySync.sync(directory);
    }
  }

  private void link(Path from, Path link, long size) throws IOException {
    try {
      Files.createLink(link, from);
      blobs++;
      bytes += size;
    } catch (NoSuchFileException e) {
      // A copy without what is lost anyway is better than none.
      missing++;
      LOG.error("Blob {} is missing, and so it is in the snapshot {}", from, target);
    } catch (FileSystemException e) {
      throw String.valueOf(e.getReason()).contains("cross-device") ? crossDevice(e) : e;
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
