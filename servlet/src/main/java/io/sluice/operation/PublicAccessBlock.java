package io.sluice.operation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket does against being public by mistake. What is absent is false. Immutable.
 *
 * @param blockPublicAcls refuses to put ACLs that grant to everybody
 * @param ignorePublicAcls makes grants to everybody count for nothing
 * @param blockPublicPolicy refuses to put policies that let everybody in
 * @param restrictPublicBuckets keeps all but the owner's account out while the policy is public
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Block
 *     public access</a>
 */
@JsonRootName("PublicAccessBlockConfiguration")
public record PublicAccessBlock(
    @Nullable Boolean blockPublicAcls,
    @Nullable Boolean ignorePublicAcls,
    @Nullable Boolean blockPublicPolicy,
    @Nullable Boolean restrictPublicBuckets) {
  /** The name of the bucket's setting. */
  public static final String SETTING = "public-access-block";

  /** Everything: what AWS gives to new buckets. */
  public static final PublicAccessBlock ALL = new PublicAccessBlock(true, true, true, true);

  /** Nothing. */
  public static final PublicAccessBlock NONE = new PublicAccessBlock(false, false, false, false);

  private static final int MAX_BODY_BYTES = 4 * 1024;

  /** What is absent is false. */
  public PublicAccessBlock {
    blockPublicAcls = Boolean.TRUE.equals(blockPublicAcls);
    ignorePublicAcls = Boolean.TRUE.equals(ignorePublicAcls);
    blockPublicPolicy = Boolean.TRUE.equals(blockPublicPolicy);
    restrictPublicBuckets = Boolean.TRUE.equals(restrictPublicBuckets);
  }

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /**
   * Parses a document.
   *
   * @throws io.sluice.error.S3Exception MalformedXML
   */
  public static PublicAccessBlock parse(byte[] body) {
    return XmlBodies.read(body, PublicAccessBlock.class);
  }

  /**
   * A bucket's; empty for a bucket without.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public static Optional<PublicAccessBlock> of(BucketStore buckets, BucketName bucket)
      throws IOException {
    return buckets.setting(bucket, SETTING).map(PublicAccessBlock::parse);
  }

  /** The document. */
  public byte[] bytes() {
    return XmlBodies.write(this);
  }

  /** Whether public ACLs are refused. */
  public boolean blocksAcls() {
    return Boolean.TRUE.equals(blockPublicAcls);
  }

  /** Whether public ACLs count for nothing. */
  public boolean ignoresAcls() {
    return Boolean.TRUE.equals(ignorePublicAcls);
  }

  /** Whether public policies are refused. */
  public boolean blocksPolicy() {
    return Boolean.TRUE.equals(blockPublicPolicy);
  }

  /** Whether a public policy lets nobody of another account in. */
  public boolean restrictsBucket() {
    return Boolean.TRUE.equals(restrictPublicBuckets);
  }
}
