package io.sluice.storage.local;

import io.sluice.storage.PartAssembly;
import io.sluice.storage.local.care.ScrubSettings;
import io.sluice.storage.option.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the local store. Immutable.
 *
 * @param data the data directory
 * @param inlineThresholdBytes the largest body that goes into the index
 * @param durability when commits are durable, where the bucket does not say
 * @param blockCacheBytes RocksDB's block cache
 * @param minPartSizeBytes the least that a part but the last holds
 * @param verifyReads which reads compare block checksums
 * @param uploadExpiry age at which uploads are dropped, or null for never
 * @param presence what is done when the data directory is not there
 * @param scrub how stored bytes are verified in the background
 * @param room how much may be stored
 */
record LocalSettings(
    Path data,
    int inlineThresholdBytes,
    Durability durability,
    long blockCacheBytes,
    long minPartSizeBytes,
    VerifyReads verifyReads,
    @Nullable Duration uploadExpiry,
    Presence presence,
    ScrubSettings scrub,
    Room room) {
  /** Measured: up to 16 KiB RocksDB commits 4 to 14 times as many as files, at 64 KiB as many. */
  private static final int DEFAULT_INLINE_THRESHOLD = 32 * 1024;

  /** RocksDB's log, memtables and a compaction of what they hold, so that deletions go on. */
  private static final long DEFAULT_FREE_SPACE_FLOOR = 512L << 20;

  private static final int MAX_INLINE_THRESHOLD = 128 * 1024;
  private static final long DEFAULT_BLOCK_CACHE = 128L << 20;

  /** What is done when the data directory is not there. */
  enum Presence {
    /** It is made. */
    CREATED,
    /** The opening fails: a mistyped path must not pass for an empty store. */
    REQUIRED
  }

  /**
   * How much may be stored.
   *
   * @param freeSpaceFloorBytes what has to stay free on the disk; 0 for no floor
   * @param accountQuotaBytes the most that the buckets of one account take
   */
  record Room(long freeSpaceFloorBytes, long accountQuotaBytes) {}

  /** Which reads compare block checksums. */
  enum VerifyReads {
    /** Those that pass through memory, where it costs nothing. */
    COPIED,
    /** All, so that none is left to the container's sendfile. */
    ALWAYS,
    /** None; RocksDB verifies what stands in the index all the same. */
    NEVER
  }

  /**
   * Reads settings.
   *
   * @throws IllegalArgumentException for one that is unknown or has a bad value
   */
  static LocalSettings of(Map<String, String> settings) {
    Map<String, String> rest = new HashMap<>(settings);
    String data = rest.remove("data");
    if (data == null || data.isBlank()) {
      throw new IllegalArgumentException("The local store needs the setting data, a directory.");
    }
    String durability = rest.getOrDefault("durability", "group");
    rest.remove("durability");
    if (!durability.equals("group") && !durability.equals("relaxed")) {
      throw new IllegalArgumentException(
          "durability is group or relaxed, not \"" + durability + "\".");
    }
    LocalSettings made =
        new LocalSettings(
            Path.of(data),
            (int) number(rest, "inline-threshold", DEFAULT_INLINE_THRESHOLD, MAX_INLINE_THRESHOLD),
            durability.equals("group") ? Durability.GROUP : Durability.RELAXED,
            number(rest, "block-cache", DEFAULT_BLOCK_CACHE, Long.MAX_VALUE),
            number(rest, "min-part-size", PartAssembly.MIN_PART_SIZE_BYTES, Long.MAX_VALUE),
            verifyReads(rest),
            expiry(rest),
            presence(rest),
            ScrubSettings.take(rest),
            room(rest));
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException(
          "The local store knows no setting " + rest.keySet().iterator().next() + ".");
    }
    return made;
  }

  private static VerifyReads verifyReads(Map<String, String> settings) {
    String value = settings.remove("verify-reads");
    if (value == null) {
      return VerifyReads.COPIED;
    }
    for (VerifyReads known : VerifyReads.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(value)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "verify-reads is copied, always or never, not \"" + value + "\".");
  }

  private static Presence presence(Map<String, String> settings) {
    String value = settings.remove("create");
    if (value == null || value.equals("true")) {
      return Presence.CREATED;
    }
    if (value.equals("false")) {
      return Presence.REQUIRED;
    }
    throw new IllegalArgumentException("create is true or false, not \"" + value + "\".");
  }

  private static Room room(Map<String, String> settings) {
    return new Room(
        number(settings, "free-space-floor", DEFAULT_FREE_SPACE_FLOOR, Long.MAX_VALUE),
        number(settings, "account-quota", Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private static @Nullable Duration expiry(Map<String, String> settings) {
    long days = number(settings, "upload-expiry", 0, Integer.MAX_VALUE);
    return days == 0 ? null : Duration.ofDays(days);
  }

  private static long number(
      Map<String, String> settings, String name, long otherwise, long maximum) {
    String value = settings.remove(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("\\d{1,18}") || Long.parseLong(value) > maximum) {
      throw new IllegalArgumentException(
          name + " is a number up to " + maximum + ", not \"" + value + "\".");
    }
    return Long.parseLong(value);
  }
}
