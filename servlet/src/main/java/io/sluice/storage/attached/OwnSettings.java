package io.sluice.storage.attached;

import io.sluice.file.PrivateFile;
import io.sluice.model.BucketName;
import io.sluice.storage.option.BucketEndpoint;
import io.sluice.storage.option.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway keeps of buckets that are providers': settings that S3 does not know and that
 * say how they are served here. They lie in one small file with a line for each, {@code
 * provider/bucket/setting=base64}. Thread-safe; a change is on the disk when the method returns.
 */
final class OwnSettings {
  private static final Set<String> KEPT =
      Set.of("properties", Freshness.SETTING, BucketEndpoint.SETTING);

  private final @Nullable Path file;
  private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

  private OwnSettings(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Opens those of a file, which need not be there.
   *
   * @param file null for settings that end with the process
   * @throws IOException when it cannot be read, or is none of these, in one line
   */
  static OwnSettings open(@Nullable Path file) throws IOException {
    OwnSettings settings = new OwnSettings(file);
    if (file != null && Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        try {
          settings.documents.put(
              line.substring(0, equals), Base64.getDecoder().decode(line.substring(equals + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
          throw new IOException(file + ": not a setting: " + line, e);
        }
      }
    }
    return settings;
  }

  /** Whether a setting of a provider's bucket is kept here. */
  static boolean keeps(String name) {
    return KEPT.contains(name);
  }

  Optional<byte[]> get(Provider provider, BucketName bucket, String name) {
    return Optional.ofNullable(documents.get(key(provider, bucket, name))).map(byte[]::clone);
  }

  private static String key(Provider provider, BucketName bucket, String name) {
    return provider.name() + '/' + bucket + '/' + name;
  }

  /**
   * Sets one.
   *
   * @param document null to take it back
   * @throws IOException when it cannot be kept; then nothing has changed
   */
  synchronized void put(
      Provider provider, BucketName bucket, String name, byte @Nullable [] document)
      throws IOException {
    Map<String, byte[]> changed = new TreeMap<>(documents);
    String key = key(provider, bucket, name);
    if (document == null) {
      changed.remove(key);
    } else {
      changed.put(key, document.clone());
    }
    write(changed);
    if (document == null) {
      documents.remove(key);
    } else {
      documents.put(key, document.clone());
    }
  }

  /** Forgets a bucket that is gone. */
  synchronized void forget(Provider provider, BucketName bucket) throws IOException {
    Map<String, byte[]> left = new TreeMap<>(documents);
    String begin = key(provider, bucket, "");
    if (left.keySet().removeIf(key -> key.startsWith(begin))) {
      write(left);
      documents.keySet().retainAll(left.keySet());
    }
  }

  private void write(Map<String, byte[]> changed) throws IOException {
    if (file == null) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    changed.forEach(
        (key, document) ->
            lines
                .append(key)
                .append('=')
                .append(Base64.getEncoder().encodeToString(document))
                .append('\n'));
    PrivateFile.replace(file, lines.toString());
  }
}
