package io.sluice.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client set on an object: system metadata ({@code content-type}, {@code
 * x-amz-storage-class}, …: lower-case header name to value, as sent) and user metadata (lower-case
 * name without {@code x-amz-meta-}, value as Unicode text). Immutable, in the order given.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Object
 *     metadata</a>
 */
public record ObjectMetadata(Map<String, String> system, Map<String, String> user) {
  /** No metadata at all. */
  public static final ObjectMetadata NONE = new ObjectMetadata(Map.of(), Map.of());

  public static final String CONTENT_TYPE = "content-type";
  public static final String CACHE_CONTROL = "cache-control";
  public static final String CONTENT_DISPOSITION = "content-disposition";
  public static final String CONTENT_ENCODING = "content-encoding";
  public static final String CONTENT_LANGUAGE = "content-language";
  public static final String EXPIRES = "expires";
  public static final String STORAGE_CLASS = "x-amz-storage-class";
  public static final String WEBSITE_REDIRECT_LOCATION = "x-amz-website-redirect-location";

  /**
   * How many tags a version has, from back ends that tell so with the object; never what a client
   * set.
   */
  public static final String TAGGING_COUNT = "x-amz-tagging-count";

  /** Copies the maps. */
  public ObjectMetadata {
    system = system.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(system));
    user = user.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(user));
  }

  /** One system value, or null. */
  public @Nullable String system(String name) {
    return system.get(name);
  }

  /** The storage class, {@code STANDARD} when none was named. */
  public String storageClass() {
    return system.getOrDefault(STORAGE_CLASS, "STANDARD");
  }

  /** The same in another storage class. */
  public ObjectMetadata withStorageClass(String storageClass) {
    Map<String, String> changed = new LinkedHashMap<>(system);
    if (storageClass.equals("STANDARD")) {
      changed.remove(STORAGE_CLASS);
    } else {
      changed.put(STORAGE_CLASS, storageClass);
    }
    return new ObjectMetadata(changed, user);
  }
}
