package io.sluice.storage;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.checksum.CrcCombination;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object that the listed parts of an upload make: checked as CompleteMultipartUpload demands,
 * with its size, entity tag and checksums. The same for every back end that assembles by itself.
 * Immutable.
 *
 * @param parts the stored parts in the order of the list
 * @param sizeBytes size of the object
 * @param etag MD5 of the parts' MD5s, and {@code -parts}
 * @param checksums the object's checksums
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html">API</a>
 */
public record PartAssembly(
    List<PartInfo> parts, long sizeBytes, ETag etag, List<Checksum> checksums) {
  /** AWS: multipart upload limits, 5 MiB for every part but the last. */
  public static final long MIN_PART_SIZE_BYTES = 5L << 20;

  /** Copies the lists. */
  public PartAssembly {
    parts = List.copyOf(parts);
    checksums = List.copyOf(checksums);
  }

  /**
   * Checks the list against the stored parts.
   *
   * @param stored the stored parts by number
   * @param minPartSizeBytes the least that a part but the last holds
   * @throws io.sluice.error.S3Exception as {@link MultipartStore#complete} says
   */
  public static PartAssembly of(
      UploadInfo upload,
      CompleteOptions options,
      Map<Integer, PartInfo> stored,
      long minPartSizeBytes) {
    if (options.parts().isEmpty()) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    List<PartInfo> parts = new ArrayList<>(options.parts().size());
    long size = 0;
    int previous = 0;
    for (CompleteOptions.CompletedPart listed : options.parts()) {
      if (listed.partNumber() <= previous) {
        throw S3ErrorCode.INVALID_PART_ORDER.exception().with("UploadId", upload.uploadId());
      }
      previous = listed.partNumber();
      PartInfo part = stored.get(listed.partNumber());
      if (part == null || !part.etag().equals(listed.etag()) || !agree(part, listed.checksums())) {
        throw S3ErrorCode.INVALID_PART
            .exception()
            .with("UploadId", upload.uploadId())
            .with("PartNumber", listed.partNumber())
            .with("ETag", listed.etag().value());
      }
      parts.add(part);
      size += part.sizeBytes();
    }
    checkSizes(parts, minPartSizeBytes);
    PartAssembly assembly = new PartAssembly(parts, size, etag(parts), checksums(upload, parts));
    assembly.checkExpected(options);
    return assembly;
  }

  /**
   * The object that appending makes: the pieces are its parts. Its checksum is what follows from
   * those of the pieces without reading them again; none when nothing does.
   *
   * @param parts the pieces, the last one appended
   * @param before the object's checksums so far
   */
  public static PartAssembly ofAppended(List<PartInfo> parts, List<Checksum> before) {
    long size = 0;
    for (PartInfo part : parts) {
      size += part.sizeBytes();
    }
    PartInfo last = parts.get(parts.size() - 1);
    List<Checksum> whole = new ArrayList<>();
    for (Checksum checksum : before) {
      ChecksumAlgorithm algorithm = checksum.algorithm();
      Checksum added = find(last.checksums(), algorithm);
      if (added != null && checksum.type() == ChecksumType.FULL_OBJECT && algorithm.combinable()) {
        whole.add(
            Checksum.of(
                algorithm,
                CrcCombination.combine(
                    algorithm, checksum.digest(), added.digest(), last.sizeBytes())));
      }
    }
    return new PartAssembly(parts, size, etag(parts), whole);
  }

  private static boolean agree(PartInfo part, List<Checksum> listed) {
    for (Checksum checksum : listed) {
      Checksum kept = find(part.checksums(), checksum.algorithm());
      if (kept == null || !MessageDigest.isEqual(kept.digest(), checksum.digest())) {
        return false;
      }
    }
    return true;
  }

  private static void checkSizes(List<PartInfo> parts, long minPartSizeBytes) {
    for (PartInfo part : parts.subList(0, parts.size() - 1)) {
      if (part.sizeBytes() < minPartSizeBytes) {
        throw S3ErrorCode.ENTITY_TOO_SMALL
            .exception()
            .with("ProposedSize", part.sizeBytes())
            .with("MinSizeAllowed", minPartSizeBytes)
            .with("PartNumber", part.partNumber())
            .with("ETag", part.etag().value());
      }
    }
  }

  private void checkExpected(CompleteOptions options) {
    Long expectedSize = options.sizeBytes();
    if (expectedSize != null && expectedSize != sizeBytes) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The provided 'x-amz-mp-object-size' header does not match what was computed.");
    }
    Checksum expected = options.checksum();
    if (expected != null) {
      Checksum computed = find(checksums, expected.algorithm());
      if (computed == null) {
        throw S3ErrorCode.INVALID_REQUEST.exception(
            "The upload has no " + expected.algorithm().wireName() + " checksum to compare with.");
      }
      if (!MessageDigest.isEqual(computed.digest(), expected.digest())) {
        throw S3ErrorCode.BAD_DIGEST.exception(
            "The "
                + expected.algorithm().wireName()
                + " you specified did not match the calculated checksum.");
      }
    }
  }

  private static ETag etag(List<PartInfo> parts) {
    MessageDigest md5 = ChecksumDigest.messageDigest("MD5");
    for (PartInfo part : parts) {
      md5.update(digest(part.etag().value()));
    }
    return new ETag(HexFormat.of().formatHex(md5.digest()) + "-" + parts.size());
  }

  /** The MD5 that a tag is, or the text of one that is made otherwise. */
  private static byte[] digest(String etag) {
    return etag.matches("[0-9a-f]{32}")
        ? HexFormat.of().parseHex(etag)
        : etag.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Checksum> checksums(UploadInfo upload, List<PartInfo> parts) {
    ChecksumAlgorithm declared = upload.checksumAlgorithm();
    // What nobody declared is what the bucket keeps of each part.
    ChecksumAlgorithm algorithm = declared == null ? kept(parts) : declared;
    if (algorithm == null) {
      return List.of();
    }
    List<Checksum> ofParts = new ArrayList<>(parts.size());
    for (PartInfo part : parts) {
      Checksum checksum = find(part.checksums(), algorithm);
      if (checksum == null) {
        return List.of();
      }
      ofParts.add(checksum);
    }
    boolean whole =
        upload.checksumType() == null
            ? algorithm.combinable()
            : upload.checksumType() == ChecksumType.FULL_OBJECT;
    if (!whole) {
      return List.of(composite(algorithm, ofParts));
    }
    if (!algorithm.combinable()) {
      return List.of();
    }
    byte[] digest = ofParts.get(0).digest();
    for (int i = 1; i < parts.size(); i++) {
      digest =
          CrcCombination.combine(
              algorithm, digest, ofParts.get(i).digest(), parts.get(i).sizeBytes());
    }
    return List.of(Checksum.of(algorithm, digest));
  }

  private static @Nullable ChecksumAlgorithm kept(List<PartInfo> parts) {
    List<Checksum> ofFirst = parts.get(0).checksums();
    return ofFirst.isEmpty() ? null : ofFirst.get(0).algorithm();
  }

  private static Checksum composite(ChecksumAlgorithm algorithm, List<Checksum> parts) {
    ChecksumDigest ofDigests = ChecksumDigest.of(algorithm);
    for (Checksum part : parts) {
      ofDigests.update(part.digest(), 0, algorithm.lengthBytes());
    }
    String value = Base64.getEncoder().encodeToString(ofDigests.digest()) + "-" + parts.size();
    return new Checksum(algorithm, ChecksumType.COMPOSITE, value);
  }

  private static @Nullable Checksum find(List<Checksum> checksums, ChecksumAlgorithm algorithm) {
    for (Checksum checksum : checksums) {
      if (checksum.algorithm() == algorithm) {
        return checksum;
      }
    }
    return null;
  }
}
