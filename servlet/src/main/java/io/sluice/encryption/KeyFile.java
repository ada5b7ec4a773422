package io.sluice.encryption;

import io.sluice.storage.encryption.DataKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file of the master keys, readable by its owner alone: a line {@code NAME VERSION = BASE64}
 * for each version of a key, the newest last. Keys that are missing are made once and written
 * durably before anything is wrapped with them. Stateless, thread-safe.
 */
public final class KeyFile {
  private static final String HEADER =
      """
      # Master keys of encryption at rest. Whoever loses them loses what they encrypt.
      # NAME VERSION = 32 random bytes in Base64. The last line of a name encrypts, all of
      # them decrypt: to change a key, add a line with another version, and restart.
      """;

  private KeyFile() {}

  /**
   * The keys of a file, which is created, or gets new lines, for names that it does not have.
   *
   * @param required the names
   * @throws IOException when it cannot be read or written
   * @throws IllegalArgumentException with file and line when it is wrong; no secret is told
   */
  public static KeyRing open(Path file, Set<String> required) throws IOException {
    boolean exists = Files.exists(file);
    String text = exists ? Files.readString(file) : HEADER;
    List<KeyRing.Entry> entries = new ArrayList<>(parse(text, file.toString()));
    Set<String> missing = new java.util.TreeSet<>(required);
    entries.forEach(entry -> missing.remove(entry.name()));
    if (missing.isEmpty() && exists) {
      return new KeyRing(entries);
    }
    StringBuilder longer = new StringBuilder(text);
    if (!text.endsWith("\n")) {
      longer.append('\n');
    }
    String version = LocalDate.now(ZoneOffset.UTC).toString();
    for (String name : missing) {
      byte[] secret = DataKey.random().secret();
      entries.add(new KeyRing.Entry(name, version, secret));
      longer.append(name + " " + version + " = " + Base64.getEncoder().encodeToString(secret));
      longer.append('\n');
    }
    replace(file, longer.toString());
    return new KeyRing(entries);
  }

  /**
   * The keys of a text, such as that of an environment variable; a semicolon ends a line too.
   *
   * @param source where it comes from, for messages
   * @throws IllegalArgumentException when it is wrong or lacks a name; no secret is told
   */
  public static KeyRing parse(String text, String source, Set<String> required) {
    KeyRing ring = new KeyRing(parse(text.replace(';', '\n'), source));
    Set<String> missing = new HashSet<>(required);
    missing.removeAll(ring.names());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(source + " has no key " + missing);
    }
    return ring;
  }

  private static List<KeyRing.Entry> parse(String text, String source) {
    List<KeyRing.Entry> entries = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(line, source + ", line " + number));
      }
    }
    return entries;
  }

  private static KeyRing.Entry entry(String line, String place) {
    int sign = line.indexOf('=');
    String[] words = (sign < 0 ? "" : line.substring(0, sign)).strip().split("\\s+", -1);
    if (words.length != 2 || words[1].length() > 64) {
      throw new IllegalArgumentException(place + ": not of the form NAME VERSION = BASE64");
    }
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(line.substring(sign + 1).strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": the key is not Base64", e);
    }
    if (secret.length != DataKey.LENGTH_BYTES) {
      throw new IllegalArgumentException(place + ": the key has not 32 bytes");
    }
    return new KeyRing.Entry(words[0], words[1], secret);
  }

  private static void replace(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is no place for a file");
    }
    Path partial = Files.createTempFile(directory, "keys", ".partial", ownerOnly(file));
    try {
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
