package io.sluice.admin;

import io.sluice.model.BucketName;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectInfo;
import io.sluice.storage.maintenance.BucketCache;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object as the administrators' interface shows it. Immutable.
 *
 * @param name {@code provider://bucket/key}
 * @param bucket its bucket
 * @param key its key
 * @param size in bytes
 * @param etag without quotes
 * @param modifiedAt time of the write
 * @param atime time of the last access that is known: the write's for an object that is kept here,
 *     since reads leave no trace; null for one that another S3 keeps
 * @param cached whether its bytes are here, in the store or in a cache
 * @param checksum the first checksum that is stored, or the MD5 that its tag is; null without
 * @param version the version id; null in a bucket that never was versioned
 * @param copies how many copies are here
 * @param location where; null to others than administrators
 * @param storageClass by S3's name
 * @param contentType null when its writer named none
 * @param parts how many parts it was uploaded in; 0 for a simple put
 * @param owner canonical id of the account that owns it
 * @param custom what else is known: the source, its tag and version, and the writer's metadata
 */
record ObjectView(
    String name,
    String bucket,
    String key,
    long size,
    String etag,
    Instant modifiedAt,
    @Nullable Instant atime,
    boolean cached,
    @Nullable ChecksumView checksum,
    @Nullable String version,
    int copies,
    @Nullable String location,
    String storageClass,
    @Nullable String contentType,
    int parts,
    String owner,
    Map<String, String> custom) {
  /** A checksum: the name of its kind and its value in hexadecimal digits. */
  record ChecksumView(String type, String value) {}

  /**
   * Where objects are.
   *
   * @param provider how the provider of their bucket is called
   * @param bucket their bucket
   * @param source the provider that keeps their bytes; empty when they are here
   * @param data the directory of what is here
   * @param cache what a cache holds of them; null without one
   */
  record Home(
      String provider, BucketName bucket, String source, String data, @Nullable BucketCache cache) {
    boolean isHere() {
      return source.isEmpty();
    }

    /** Whether an object's bytes are here. */
    boolean holds(ObjectInfo info) {
      return isHere() || (cache != null && cache.holds(info.key()));
    }
  }

  /** An object; {@code whole} shows what only administrators see. */
  static ObjectView of(ObjectInfo info, Home home, boolean whole) {
    boolean here = home.isHere();
    boolean held = home.holds(info);
    return new ObjectView(
        home.provider() + "://" + home.bucket() + "/" + info.key().value(),
        home.bucket().value(),
        info.key().value(),
        info.sizeBytes(),
        info.etag().value(),
        info.modifiedAt(),
        here ? info.modifiedAt() : null,
        held,
        checksum(info),
        info.version().id(),
        held ? 1 : 0,
        held && whole ? home.data() : null,
        info.metadata().storageClass(),
        info.metadata().system(io.sluice.model.ObjectMetadata.CONTENT_TYPE),
        info.partCount(),
        info.ownerId(),
        custom(info, home));
  }

  private static Map<String, String> custom(ObjectInfo info, Home home) {
    Map<String, String> custom = new TreeMap<>(info.metadata().user());
    if (!home.isHere()) {
      custom.put("ETag", "\"" + info.etag().value() + "\"");
      custom.put("source", home.source());
      String version = info.version().id();
      if (version != null) {
        custom.put("version", version);
      }
    }
    return custom;
  }

  private static @Nullable ChecksumView checksum(ObjectInfo info) {
    for (Checksum checksum : info.checksums()) {
      return new ChecksumView(
          name(checksum.algorithm()), HexFormat.of().formatHex(checksum.digest()));
    }
    String tag = info.etag().value();
    return tag.matches("[0-9a-f]{32}") ? new ChecksumView("md5", tag) : null;
  }

  /** As the property {@code checksum.type} calls it. */
  private static String name(ChecksumAlgorithm algorithm) {
    return algorithm == ChecksumAlgorithm.XXHASH64
        ? "xxhash"
        : algorithm.name().toLowerCase(Locale.ROOT);
  }
}
