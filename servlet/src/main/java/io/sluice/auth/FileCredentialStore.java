package io.sluice.auth;

import io.sluice.auth.member.KeyText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access keys from a credentials file, read again when it changes. A change that cannot be read is
 * logged and leaves the keys as they were. Thread-safe: readers see one immutable snapshot.
 */
public final class FileCredentialStore implements CredentialStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileCredentialStore.class);

  /** How often the file's time stamp is looked at, at the most. */
  private static final long CHECK_INTERVAL_MILLIS = 1000;

  /** The stamp of a file that is not there. */
  private static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), -1);

  private final Path file;
  private final Clock clock;
  private volatile Snapshot snapshot;
  private volatile long checkedAtMillis;

  /** The state of the file that could not be read: warned of once. */
  private volatile @Nullable Stamp refused;

  /** By which a change is noticed. */
  private record Stamp(FileTime modified, long sizeBytes) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    }
  }

  /** What the file held when it had a time stamp and a size. */
  private record Snapshot(Stamp stamp, Map<String, Credential> credentials, List<Credential> all) {}

  private FileCredentialStore(Path file, Clock clock, Snapshot snapshot) {
    this.file = file;
    this.clock = clock;
    this.snapshot = snapshot;
    this.checkedAtMillis = clock.millis();
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException with file and line when it is wrong
   */
  public static FileCredentialStore open(Path file, Clock clock) throws IOException {
    return new FileCredentialStore(file, clock, load(file));
  }

  /**
   * Creates a file with one administrator and a random key, readable by its owner alone.
   *
   * @return the key, to be shown once
   * @throws FileAlreadyExistsException when the file is there
   */
  public static Credential generate(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    SecureRandom random = new SecureRandom();
    String id = KeyText.id("AKIA", random);
    String secret = KeyText.secret(random);
    String text =
        String.join(
            System.lineSeparator(),
            "# Accounts and access keys. Changes take effect within a second.",
            "[admin]",
            "role = admin",
            "aws_access_key_id = " + id,
            "aws_secret_access_key = " + secret,
            "");
    Path partial =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), "credentials", ".partial", ownerOnly(file));
    try {
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    Account account =
        new Account("admin", Account.canonicalIdOf("admin"), "admin", null, Identity.Role.ADMIN);
    return new Credential(id, secret, null, account);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public Optional<Credential> find(String accessKeyId) {
    return Optional.ofNullable(current().credentials().get(accessKeyId));
  }

  @Override
  public List<Credential> all() {
    return current().all();
  }

  private Snapshot current() {
    long now = clock.millis();
    if (now - checkedAtMillis >= CHECK_INTERVAL_MILLIS) {
      checkedAtMillis = now;
      reloadIfChanged();
    }
    return snapshot;
  }

  private void reloadIfChanged() {
    Stamp stamp = ABSENT;
    try {
      stamp = Stamp.of(file);
      if (stamp.equals(snapshot.stamp())) {
        refused = null;
      } else if (!stamp.equals(refused)) {
        snapshot = load(file);
        LOG.info("{} changed: {} access keys", file, snapshot.credentials().size());
      }
    } catch (IOException | IllegalArgumentException e) {
      if (!stamp.equals(refused)) {
        refused = stamp;
        LOG.warn("{} cannot be read, its former keys stay in force: {}", file, e.getMessage());
      }
    }
  }

  private static Snapshot load(Path file) throws IOException {
    // The stamp is taken first: a change while the file is read is seen at the next look.
    Stamp stamp = Stamp.of(file);
    Map<String, Credential> credentials = new LinkedHashMap<>();
    for (Credential credential : CredentialsFile.read(file)) {
      credentials.put(credential.accessKeyId(), credential);
    }
    return new Snapshot(stamp, credentials, List.copyOf(credentials.values()));
  }
}
