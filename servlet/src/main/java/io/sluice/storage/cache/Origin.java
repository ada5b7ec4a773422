package io.sluice.storage.cache;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the back end told of an object, kept in the metadata of the copy in the cache's space, so
 * that both are there or neither. Stateless.
 */
final class Origin {
  private static final String PREFIX = "sluice-origin-";
  private static final String BUCKET = PREFIX + "bucket";
  private static final String KEY = PREFIX + "key";
  private static final String MODIFIED = PREFIX + "modified";
  private static final String VERSION = PREFIX + "version";
  private static final String PARTS = PREFIX + "parts";
  private static final String SIZE = PREFIX + "size";
  private static final String BLOCK = PREFIX + "block";

  private Origin() {}

  /** The metadata of the copy. */
  static ObjectMetadata describe(Piece piece, ObjectInfo object) {
    CacheKey key = piece.key();
    Map<String, String> system = new LinkedHashMap<>(object.metadata().system());
    system.put(BUCKET, key.bucket().value());
    system.put(KEY, key.key().value());
    system.put(MODIFIED, object.modifiedAt().toString());
    system.put(PARTS, Integer.toString(object.partCount()));
    if (!piece.isWhole()) {
      system.put(BLOCK, Long.toString(piece.block()));
      system.put(SIZE, Long.toString(object.sizeBytes()));
    }
    String version = object.version().id();
    if (version != null) {
      system.put(VERSION, version);
    }
    return new ObjectMetadata(system, object.metadata().user());
  }

  /** What a copy is of; null when it is none. */
  static @Nullable Piece pieceOf(ObjectInfo copy) {
    String bucket = copy.metadata().system(BUCKET);
    String key = copy.metadata().system(KEY);
    return bucket == null || key == null
        ? null
        : new Piece(
            new CacheKey(new BucketName(bucket), new ObjectKey(key)),
            Long.parseLong(copy.metadata().system().getOrDefault(BLOCK, "" + Piece.ALL)));
  }

  /** The object as the back end told it. */
  static ObjectInfo restore(CacheKey key, ObjectInfo copy) {
    Map<String, String> told = copy.metadata().system();
    Map<String, String> system = new LinkedHashMap<>(told);
    system.keySet().removeIf(name -> name.startsWith(PREFIX));
    return new ObjectInfo(
        key.key(),
        new ObjectVersion(told.get(VERSION), true, false),
        Long.parseLong(told.getOrDefault(SIZE, Long.toString(copy.sizeBytes()))),
        copy.etag(),
        Instant.parse(told.getOrDefault(MODIFIED, Instant.EPOCH.toString())),
        new ObjectMetadata(system, copy.metadata().user()),
        copy.checksums(),
        Integer.parseInt(told.getOrDefault(PARTS, "0")),
        copy.ownerId());
  }
}
