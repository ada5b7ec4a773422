package io.sluice.operation;

import io.sluice.auth.VerifiedBody;
import io.sluice.checksum.BodyDigests;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a bucket that say how new objects are kept. As a document, the bucket setting
 * {@link #SETTING}, they are lines {@code name=value}; what is absent is as on AWS. Immutable.
 *
 * <ul>
 *   <li>{@code checksum.type}: the checksum of objects whose client sends none: {@code crc64nvme}
 *       (the default), {@code crc32c}, {@code crc32}, {@code xxhash}, {@code sha1}, {@code sha256},
 *       {@code sha512}, {@code md5} or {@code none}.
 *   <li>{@code etag.type}: {@code md5} (the default), or {@code checksum}: a tag made of that
 *       checksum, which saves an MD5 of each body.
 *   <li>{@code access}: what may be done through S3 at the most, see {@link BucketAccess}; {@code
 *       rw}, everything, is the default.
 *   <li>{@code features}: {@code S3-Presigned-Request} or {@code Presigned-S3-Req}: requests signed
 *       for the S3 that the bucket lives in are executed there; {@code none} is the default.
 * </ul>
 */
public final class BucketProperties {
  /** The bucket setting that holds the document. */
  public static final String SETTING = "properties";

  /** The property that names the checksum of new objects. */
  public static final String CHECKSUM_TYPE = "checksum.type";

  /** The property that says what entity tags are made of. */
  public static final String ETAG_TYPE = "etag.type";

  /** The property that says what may be done in a bucket, whoever asks. */
  public static final String ACCESS = "access";

  /** The property that says what is on for the bucket alone. */
  public static final String FEATURES = "features";

  private static final Set<String> PASS_THROUGH =
      Set.of("s3-presigned-request", "presigned-s3-req");

  private static final String DEFAULT_CHECKSUM_TYPE = "crc64nvme";
  private static final String NONE = "none";
  private static final Map<String, ChecksumAlgorithm> CHECKSUMS =
      Map.of(
          "crc64nvme", ChecksumAlgorithm.CRC64NVME,
          "crc32c", ChecksumAlgorithm.CRC32C,
          "crc32", ChecksumAlgorithm.CRC32,
          "xxhash", ChecksumAlgorithm.XXHASH64,
          "sha1", ChecksumAlgorithm.SHA1,
          "sha256", ChecksumAlgorithm.SHA256,
          "sha512", ChecksumAlgorithm.SHA512,
          "md5", ChecksumAlgorithm.MD5);

  /** What holds in a bucket without the setting; behind the names that it is made of. */
  public static final BucketProperties DEFAULT = new BucketProperties(Map.of());

  private final Map<String, String> values;
  private final BodyDigests digests;
  private final BucketAccess access;
  private final boolean passesThrough;

  private BucketProperties(Map<String, String> values) {
    this.values = Map.copyOf(values);
    String type = values.getOrDefault(CHECKSUM_TYPE, DEFAULT_CHECKSUM_TYPE);
    ChecksumAlgorithm algorithm = CHECKSUMS.get(type);
    if (algorithm == null && !type.equals(NONE)) {
      throw invalid(CHECKSUM_TYPE, type);
    }
    String etag = values.getOrDefault(ETAG_TYPE, "md5");
    if (!etag.equals("md5") && (!etag.equals("checksum") || algorithm == null)) {
      throw invalid(ETAG_TYPE, etag);
    }
    this.access = access(values.getOrDefault(ACCESS, "rw"));
    String features = values.getOrDefault(FEATURES, NONE).toLowerCase(Locale.ROOT);
    this.passesThrough = PASS_THROUGH.contains(features);
    if (!passesThrough && !features.equals(NONE)) {
      throw invalid(FEATURES, features);
    }
    this.digests = new BodyDigests(algorithm, etag.equals("md5"));
  }

  /**
   * The properties of a bucket.
   *
   * @throws S3Exception NoSuchBucket
   */
  public static BucketProperties of(BucketStore buckets, BucketName bucket) throws IOException {
    byte @Nullable [] document = buckets.setting(bucket, SETTING).orElse(null);
    return document == null ? DEFAULT : parse(document);
  }

  /**
   * Reads a document.
   *
   * @throws S3Exception InvalidArgument for an unknown property or value
   */
  public static BucketProperties parse(byte[] document) {
    Map<String, String> values = new TreeMap<>();
    for (String line : new String(document, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (!line.isBlank()) {
        throw invalid(line, "");
      }
    }
    return of(values);
  }

  /**
   * Properties by their names.
   *
   * @throws S3Exception InvalidArgument for an unknown property or value
   */
  public static BucketProperties of(Map<String, String> values) {
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (!List.of(CHECKSUM_TYPE, ETAG_TYPE, ACCESS, FEATURES).contains(value.getKey())) {
        throw invalid(value.getKey(), value.getValue());
      }
    }
    return new BucketProperties(values);
  }

  private static S3Exception invalid(String name, String value) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("A bucket has no such property, or the property no such value.")
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }

  /** What may be done in the bucket through S3 at the most. */
  public BucketAccess access() {
    return access;
  }

  /** Whether requests signed for the S3 that the bucket lives in are executed there. */
  public boolean passesThrough() {
    return passesThrough;
  }

  private static BucketAccess access(String text) {
    try {
      return BucketAccess.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid(ACCESS, text);
    }
  }

  /** The checksum of a bucket whose property is this; null where it was not set. */
  public static String checksumType(@Nullable String set) {
    return set == null ? DEFAULT_CHECKSUM_TYPE : set;
  }

  /** What was set, by name. */
  public Map<String, String> values() {
    return values;
  }

  /** The document. */
  public byte[] document() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(values).forEach((name, value) -> lines.append(name + "=" + value + "\n"));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What is computed of a body that names nothing itself. */
  public BodyDigests digests() {
    return digests;
  }

  /**
   * The entity tag of a body that was read to its clean end. One that is no MD5 has a hyphen in it,
   * by which clients know not to compare it with theirs.
   */
  ETag etagOf(VerifiedBody body) {
    if (digests.md5()) {
      return new ETag(body.md5Hex());
    }
    Checksum checksum = body.checksums().get(0);
    return new ETag(
        HexFormat.of().formatHex(checksum.digest())
            + "-"
            + checksum.algorithm().name().toLowerCase(Locale.ROOT));
  }
}
