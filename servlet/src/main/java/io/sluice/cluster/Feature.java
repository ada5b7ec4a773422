package io.sluice.cluster;

import io.sluice.error.S3ErrorCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What may be switched on while the gateway runs, for the whole of it or for single buckets, under
 * the names that AIStore has for it. A feature stands here when it has an effect, and not before.
 *
 * @see <a href="https://github.com/NVIDIA/aistore/blob/main/docs/feature_flags.md">Feature
 *     flags</a>
 */
public enum Feature {
  S3_API_VIA_ROOT(
      "S3-API-via-Root",
      "Provide-S3-API-via-Root",
      1L << 4,
      "s3,security",
      "S3 answers at the root of the server as well, beside /s3"),
  S3_PRESIGNED_REQUEST(
      "S3-Presigned-Request",
      "Presigned-S3-Req",
      1L << 9,
      "s3,security,compat",
      "requests signed for the S3 that a bucket lives in are executed there as they are");

  private static final String NONE = "none";

  private final String wireName;
  private final String alias;
  private final long bit;
  private final String tags;
  private final String description;

  Feature(String wireName, String alias, long bit, String tags, String description) {
    this.wireName = wireName;
    this.alias = alias;
    this.bit = bit;
    this.tags = tags;
    this.description = description;
  }

  /** Its name. */
  public String wireName() {
    return wireName;
  }

  /** Its bit, where features are a number. */
  public long bit() {
    return bit;
  }

  /** What it is about, apart by commas. */
  public String tags() {
    return tags;
  }

  /** What it does. */
  public String description() {
    return description;
  }

  /**
   * Features by their names: one in a text, or several with blanks or commas between them, {@code
   * none}, or a number of bits ({@code 0x10}).
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for an unknown one
   */
  public static Set<Feature> parse(Collection<String> texts) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (String text : texts) {
      for (String word : text.strip().split("[\\s,]+", -1)) {
        if (word.toLowerCase(Locale.ROOT).startsWith("0x")) {
          features.addAll(ofBits(word));
        } else if (!word.isEmpty() && !word.equals(NONE)) {
          features.add(of(word));
        }
      }
    }
    return features;
  }

  private static Feature of(String name) {
    return Arrays.stream(values())
        .filter(
            feature ->
                feature.wireName.equalsIgnoreCase(name) || feature.alias.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static Set<Feature> ofBits(String word) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    long bits;
    try {
      bits = Long.parseUnsignedLong(word.substring(2), 16);
    } catch (NumberFormatException e) {
      throw unknown(word);
    }
    for (Feature feature : values()) {
      if ((bits & feature.bit) != 0) {
        features.add(feature);
        bits &= ~feature.bit;
      }
    }
    if (bits != 0) {
      throw unknown("0x" + Long.toHexString(bits));
    }
    return features;
  }

  private static RuntimeException unknown(String name) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("unknown feature flag '" + name + "'")
        .with("ArgumentName", "features")
        .with("ArgumentValue", name);
  }

  /** The names, in the order of the bits. */
  public static List<String> names(Set<Feature> features) {
    return features.stream().sorted().map(Feature::wireName).toList();
  }
}
