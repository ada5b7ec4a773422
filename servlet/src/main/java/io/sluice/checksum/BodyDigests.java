package io.sluice.checksum;

import io.sluice.model.ChecksumAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * What is computed of a body beside that which its sender declared. Immutable.
 *
 * @param checksum the checksum of a body whose sender declared none; null for none
 * @param md5 whether its MD5 is needed although nobody declared it
 */
public record BodyDigests(@Nullable ChecksumAlgorithm checksum, boolean md5) {
  /**
   * As AWS keeps them: CRC64NVME, and an MD5 for the entity tag.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking
   *     object integrity</a>
   */
  public static final BodyDigests DEFAULT = new BodyDigests(ChecksumAlgorithm.CRC64NVME, true);
}
