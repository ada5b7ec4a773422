package io.sluice.iam.acl;

import io.sluice.storage.VersionGuard.DocumentReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who owns the objects that others write into a bucket, and whether ACLs count in it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html">Object
 *     ownership</a>
 */
public enum ObjectOwnership {
  /** The bucket's owner owns everything; ACLs are disabled. */
  BUCKET_OWNER_ENFORCED("BucketOwnerEnforced"),
  /** The bucket's owner owns what is written with {@code bucket-owner-full-control}. */
  BUCKET_OWNER_PREFERRED("BucketOwnerPreferred"),
  /** Who writes an object owns it. */
  OBJECT_WRITER("ObjectWriter");

  /**
   * The name of the bucket's setting, whose form is this gateway's own: a remote store does not
   * know it, so that ACLs are disabled here for what it holds, whatever it thinks of them itself.
   */
  public static final String SETTING = "object-ownership";

  /** The header with which a bucket is created. */
  public static final String HEADER = "x-amz-object-ownership";

  /**
   * What is stored when the ownership controls were deleted. Such a bucket is {@link
   * #OBJECT_WRITER} and says that it has none; one without the setting is {@link
   * #BUCKET_OWNER_ENFORCED}.
   */
  private static final byte[] DELETED = {};

  private final String wireName;

  ObjectOwnership(String wireName) {
    this.wireName = wireName;
  }

  /** The ownership of a wire name. */
  public static Optional<ObjectOwnership> of(String wireName) {
    return Arrays.stream(values()).filter(value -> value.wireName.equals(wireName)).findFirst();
  }

  /** The name in documents, headers and settings. */
  public String wireName() {
    return wireName;
  }

  /** The stored form. */
  public byte[] bytes() {
    return wireName.getBytes(StandardCharsets.UTF_8);
  }

  /** The stored form of none. */
  public static byte[] deleted() {
    return DELETED.clone();
  }

  /** The ownership that a bucket says it has; empty when it was deleted. */
  public static Optional<ObjectOwnership> stated(DocumentReader settings) throws IOException {
    Optional<byte[]> stored = settings.read(SETTING);
    if (stored.isEmpty()) {
      return Optional.of(BUCKET_OWNER_ENFORCED);
    }
    String name = new String(stored.get(), StandardCharsets.UTF_8);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            of(name).orElseThrow(() -> new IllegalStateException("no object ownership: " + name)));
  }

  /** The ownership by which a bucket goes. */
  public static ObjectOwnership effective(DocumentReader settings) throws IOException {
    return stated(settings).orElse(OBJECT_WRITER);
  }
}
