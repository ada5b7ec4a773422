package io.sluice.storage.cache;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a cache behaves. Immutable.
 *
 * @param fills the directory of objects that are being read
 * @param capacityBytes what it may hold
 * @param highPercent above this part of it, what was not read for longest goes
 * @param lowPercent until it is down to this part
 * @param validate whether a read asks the back end whether what is here is still current
 * @param synchronize whether what the back end has no more goes from here, too, when that is found
 * @param fillAfterRange whether an object of which a part was read is then read whole
 * @param keepWritten whether what is written through here is then read into the cache
 * @param trustSigned whether signed requests read what is here without asking the back end
 * @param backgroundFills how many objects are read so at a time
 * @param blockBytes how large the blocks are in which ranges are read and kept; 0 for no blocks
 */
record CacheSettings(
    Path fills,
    long capacityBytes,
    int highPercent,
    int lowPercent,
    boolean validate,
    boolean synchronize,
    boolean fillAfterRange,
    boolean keepWritten,
    boolean trustSigned,
    int backgroundFills,
    long blockBytes) {
  /**
   * Parses.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  static CacheSettings of(Map<String, String> settings) {
    CacheSettings parsed =
        new CacheSettings(
            Path.of(settings.getOrDefault("fills", System.getProperty("java.io.tmpdir"))),
            Long.parseLong(settings.getOrDefault("cache.capacity", "0")),
            upTo100(settings, "cache.high-watermark", "90"),
            upTo100(settings, "cache.low-watermark", "75"),
            truth(settings, "cache.validate-warm-get"),
            truth(settings, "cache.synchronize"),
            truth(settings, "cache.fill-after-range"),
            truth(settings, "cache.keep-written"),
            truth(settings, "signed.trust-cache"),
            upTo100(settings, "cache.background-fills", "4"),
            Long.parseLong(settings.getOrDefault("cache.block-size", "0")));
    if (parsed.lowPercent > parsed.highPercent) {
      throw new IllegalArgumentException(
          "cache.low-watermark must not be above cache.high-watermark");
    }
    if (parsed.synchronize && !parsed.validate) {
      throw new IllegalArgumentException(
          "cache.synchronize = true needs cache.validate-warm-get = true");
    }
    return parsed;
  }

  private static int upTo100(Map<String, String> settings, String name, String otherwise) {
    String value = settings.getOrDefault(name, otherwise);
    if (!value.matches("[1-9]\\d?|100")) {
      throw new IllegalArgumentException(name + " must be a number from 1 to 100");
    }
    return Integer.parseInt(value);
  }

  private static boolean truth(Map<String, String> settings, String name) {
    String value = settings.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(name + " must be true or false");
    }
    return value.equals("true");
  }

  /** Whether ranges are read in blocks, which must fit as objects must. */
  boolean hasBlocks() {
    return blockBytes > 0 && blockBytes <= largestBytes();
  }

  /** The largest object that is kept. */
  long largestBytes() {
    return lowBytes() / 2;
  }

  long highBytes() {
    return capacityBytes / 100 * highPercent;
  }

  long lowBytes() {
    return capacityBytes / 100 * lowPercent;
  }
}
