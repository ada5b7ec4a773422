package io.sluice.operation.setting;

import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The CORS rules of buckets. The store is asked each time, so that a change holds at once; what is
 * remembered is only what a document means. Thread-safe.
 */
public final class CorsRules {
  private static final int MAX_REMEMBERED = 1_000;
  private static final byte[] NONE = {};

  private record Remembered(ByteBuffer document, CorsConfiguration configuration) {}

  private final BucketStore buckets;
  private final boolean configurable;
  private final Map<BucketName, Remembered> remembered = new ConcurrentHashMap<>();

  /** Rules of the buckets of a back end; there are none when it keeps no settings. */
  public CorsRules(Storage storage) {
    this.buckets = storage.buckets();
    this.configurable = storage.capabilities().contains(Capability.BUCKET_SETTINGS);
  }

  /**
   * A bucket's rules; none when it has no configuration.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public CorsConfiguration of(BucketName bucket) throws IOException {
    if (!configurable) {
      return new CorsConfiguration(List.of());
    }
    byte[] document = buckets.setting(bucket, CorsConfiguration.SETTING.name()).orElse(NONE);
    Remembered known = remembered.get(bucket);
    if (known != null && known.document().equals(ByteBuffer.wrap(document))) {
      return known.configuration();
    }
    CorsConfiguration configuration = CorsConfiguration.of(document.length == 0 ? null : document);
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(bucket, new Remembered(ByteBuffer.wrap(document), configuration));
    return configuration;
  }
}
