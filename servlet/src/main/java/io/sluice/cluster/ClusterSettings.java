package io.sluice.cluster;

import io.sluice.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What administrators change while the gateway runs, kept in the file {@code cluster} of the data
 * directory: lines {@code name=value}. Thread-safe; a change holds at once, and is on the disk when
 * the method returns.
 */
public final class ClusterSettings {
  private static final String FEATURES = "features";
  private static final String CHECKSUM_TYPE = "checksum.type";

  private final @Nullable Path file;
  private volatile Values values;

  private ClusterSettings(@Nullable Path file, Values values) {
    this.file = file;
    this.values = values;
  }

  /**
   * All of them. Immutable.
   *
   * @param features what is switched on
   * @param checksumType the property {@code checksum.type} of new buckets; null for its default
   */
  public record Values(Set<Feature> features, @Nullable String checksumType) {
    /** Copies the set. */
    public Values {
      features = Set.copyOf(features);
    }
  }

  /**
   * Opens those of a data directory.
   *
   * @param initial what holds until somebody changes it
   * @throws IOException when the file cannot be read, or is none of these, in one line
   */
  public static ClusterSettings open(Path data, Set<Feature> initial) throws IOException {
    Path file = data.resolve("cluster");
    return new ClusterSettings(
        file, Files.exists(file) ? read(file, initial) : new Values(initial, null));
  }

  /** Settings that end with the process. */
  public static ClusterSettings inMemory(Set<Feature> initial) {
    return new ClusterSettings(null, new Values(initial, null));
  }

  private static Values read(Path file, Set<Feature> initial) throws IOException {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    features.addAll(initial);
    String checksumType = null;
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? line : line.substring(0, equals);
      String value = line.substring(equals + 1);
      switch (name) {
        case FEATURES -> {
          features.clear();
          features.addAll(features(file, value));
        }
        case CHECKSUM_TYPE -> checksumType = value;
        default -> throw new IOException(file + ": unknown name " + name);
      }
    }
    return new Values(features, checksumType);
  }

  private static Set<Feature> features(Path file, String value) throws IOException {
    try {
      return Feature.parse(List.of(value));
    } catch (RuntimeException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** As they are now. */
  public Values values() {
    return values;
  }

  /** Whether a feature is on for the whole gateway. */
  public boolean has(Feature feature) {
    return values.features().contains(feature);
  }

  /**
   * Changes them.
   *
   * @throws IOException when they cannot be kept; then nothing has changed
   */
  public synchronized void change(Values changed) throws IOException {
    if (file != null) {
      write(file, changed);
    }
    values = changed;
  }

  private static void write(Path file, Values changed) throws IOException {
    String text = FEATURES + "=" + String.join(" ", Feature.names(changed.features())) + "\n";
    if (changed.checksumType() != null) {
      text += CHECKSUM_TYPE + "=" + changed.checksumType() + "\n";
    }
    PrivateFile.replace(file, text);
  }
}
