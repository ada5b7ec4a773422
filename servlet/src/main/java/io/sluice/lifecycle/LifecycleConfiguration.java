package io.sluice.lifecycle;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle rules of a bucket, one to 1,000. Immutable.
 *
 * @param rule the rules
 * @param transitionDefaultMinimumObjectSize what small objects are spared from; kept in the
 *     document, and a header on the wire
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html">API</a>
 */
@JsonRootName("LifecycleConfiguration")
public record LifecycleConfiguration(
    @Nullable List<LifecycleRule> rule, @Nullable String transitionDefaultMinimumObjectSize)
    implements StrictElement {
  /** The name of the bucket's setting. */
  static final String SETTING = "lifecycle";

  /** The bucket setting with the last key that a pass over the bucket is done with. */
  static final String POSITION = "lifecycle-position";

  /** The header that says what small objects are spared from. */
  public static final String MINIMUM_SIZE = "x-amz-transition-default-minimum-object-size";

  private static final String ALL_CLASSES = "all_storage_classes_128K";
  private static final String BY_CLASS = "varies_by_storage_class";

  /** Room for 1,000 rules. */
  private static final int MAX_BODY_BYTES = 2 << 20;

  /** Copies the list. */
  public LifecycleConfiguration {
    rule = rule == null ? null : List.copyOf(rule);
  }

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /**
   * Parses what a request sets; rules without an id get one.
   *
   * @param minimumSize the header {@link #MINIMUM_SIZE}; null when there is none
   * @throws S3Exception MalformedXML, InvalidArgument, InvalidRequest
   */
  public static LifecycleConfiguration parse(byte[] body, @Nullable String minimumSize) {
    LifecycleConfiguration given = XmlBodies.read(body, LifecycleConfiguration.class);
    if (given.transitionDefaultMinimumObjectSize() != null) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    String size = minimumSize == null ? ALL_CLASSES : minimumSize;
    if (!Set.of(ALL_CLASSES, BY_CLASS).contains(size)) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Invalid TransitionDefaultMinimumObjectSize found: " + size);
    }
    return new LifecycleConfiguration(LifecycleCheck.rules(given.rules()), size);
  }

  /**
   * A bucket's configuration; empty for a bucket without.
   *
   * @throws S3Exception NoSuchBucket
   */
  public static Optional<LifecycleConfiguration> of(BucketStore buckets, BucketName bucket)
      throws IOException {
    return buckets.setting(bucket, SETTING).map(LifecycleConfiguration::stored);
  }

  static LifecycleConfiguration stored(byte[] document) {
    return XmlBodies.read(document, LifecycleConfiguration.class);
  }

  List<LifecycleRule> rules() {
    return rule == null ? List.of() : rule;
  }

  /** Whether objects below 128 KiB may go to the archives all the same. */
  boolean archivesSmallObjects() {
    return BY_CLASS.equals(transitionDefaultMinimumObjectSize);
  }

  /** The document as it travels. */
  public LifecycleConfiguration onTheWire() {
    return new LifecycleConfiguration(rule, null);
  }

  /**
   * Puts it into a bucket, in place of the one before. A back end that carries out rules by itself
   * gets the document as it travels.
   *
   * @throws S3Exception NoSuchBucket; NotImplemented for what such a document cannot say
   */
  public void put(Storage storage, BucketName bucket) throws IOException {
    if (storage.capabilities().contains(Capability.STORAGE_CLASSES)) {
      storage.buckets().putSetting(bucket, SETTING, XmlBodies.write(this));
      storage.buckets().deleteSetting(bucket, POSITION);
      return;
    }
    if (archivesSmallObjects()) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception();
    }
    storage.buckets().putSetting(bucket, SETTING, XmlBodies.write(onTheWire()));
  }

  /**
   * Takes the configuration of a bucket away.
   *
   * @throws S3Exception NoSuchBucket
   */
  public static void delete(Storage storage, BucketName bucket) throws IOException {
    storage.buckets().deleteSetting(bucket, SETTING);
    if (storage.capabilities().contains(Capability.STORAGE_CLASSES)) {
      storage.buckets().deleteSetting(bucket, POSITION);
    }
  }
}
