package io.sluice.auth;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Computes all digests that a body needs in one pass, and at its end compares them with what the
 * request declared: the read that would return -1 throws instead when the length, the payload hash,
 * {@code Content-MD5} or a checksum is another, and every read after it throws too. A reader that
 * stops at the known length has verified nothing and finds {@link #md5Hex()} closed. Confined to
 * one thread.
 */
final class VerifyingStream extends InputStream {
  /** AWS: the checksum of objects whose client declared none. */
  private static final ChecksumAlgorithm DEFAULT_ALGORITHM = ChecksumAlgorithm.CRC64NVME;

  private final InputStream in;
  private final @Nullable ChunkedPayloadStream chunks;
  private final OptionalLong lengthBytes;
  private final DeclaredDigests declared;
  private final ChecksumDigest md5 = ChecksumDigest.of(ChecksumAlgorithm.MD5);
  private final @Nullable ChecksumDigest sha256;
  private final ChecksumAlgorithm algorithm;
  private final ChecksumDigest checksum;
  private long count;
  private @Nullable String md5Hex;
  private @Nullable Checksum verified;
  private boolean failed;

  VerifyingStream(
      InputStream raw,
      @Nullable ChunkedPayloadStream chunks,
      OptionalLong lengthBytes,
      DeclaredDigests declared) {
    this.in = chunks == null ? raw : chunks;
    this.chunks = chunks;
    this.lengthBytes = lengthBytes;
    this.declared = declared;
    this.sha256 = declared.sha256Hex() == null ? null : ChecksumDigest.of(ChecksumAlgorithm.SHA256);
    this.algorithm = algorithm(declared);
    this.checksum = ChecksumDigest.of(algorithm);
  }

  private static ChecksumAlgorithm algorithm(DeclaredDigests declared) {
    if (declared.checksum() != null) {
      return declared.checksum().algorithm();
    }
    return declared.trailing() == null ? DEFAULT_ALGORITHM : declared.trailing();
  }

  boolean ended() {
    return md5Hex != null;
  }

  String md5Hex() {
    return required(md5Hex);
  }

  List<Checksum> checksums() {
    return List.of(required(verified));
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the body has not been read to its clean end");
    }
    return value;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ended()) {
      return -1;
    }
    if (failed) {
      // The digests are spent: a second look at the end must not find them right.
      throw S3ErrorCode.INCOMPLETE_BODY.exception("The body was refused before.");
    }
    failed = true;
    int read = readAndVerify(bytes, offset, length);
    failed = false;
    return read;
  }

  private int readAndVerify(byte[] bytes, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(bytes, offset, length);
    } catch (EOFException e) {
      throw S3ErrorCode.INCOMPLETE_BODY.exception(S3ErrorCode.INCOMPLETE_BODY.defaultMessage(), e);
    }
    if (read < 0) {
      verify();
      return -1;
    }
    count += read;
    if (lengthBytes.isPresent() && count > lengthBytes.getAsLong()) {
      throw S3ErrorCode.INCOMPLETE_BODY.exception("The body is longer than its headers say.");
    }
    md5.update(bytes, offset, read);
    checksum.update(bytes, offset, read);
    if (sha256 != null) {
      sha256.update(bytes, offset, read);
    }
    return read;
  }

  private void verify() {
    if (lengthBytes.isPresent() && count != lengthBytes.getAsLong()) {
      throw S3ErrorCode.INCOMPLETE_BODY.exception();
    }
    if (sha256 != null) {
      verifySha256(sha256);
    }
    byte[] md5Digest = md5.digest();
    Checksum contentMd5 = declared.contentMd5();
    if (contentMd5 != null && !MessageDigest.isEqual(md5Digest, contentMd5.digest())) {
      throw S3ErrorCode.BAD_DIGEST
          .exception("The Content-MD5 you specified did not match what we received.")
          .with("ExpectedDigest", HexFormat.of().formatHex(contentMd5.digest()))
          .with("CalculatedDigest", HexFormat.of().formatHex(md5Digest));
    }
    Checksum computed = Checksum.of(algorithm, checksum.digest());
    Checksum expected = expected();
    if (expected != null && !expected.equals(computed)) {
      throw mismatch();
    }
    verified = computed;
    md5Hex = HexFormat.of().formatHex(md5Digest);
  }

  private void verifySha256(ChecksumDigest digest) {
    String computed = HexFormat.of().formatHex(digest.digest());
    String sha256Hex = declared.sha256Hex();
    if (!computed.equals(sha256Hex)) {
      throw S3ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH
          .exception()
          .with("ClientComputedContentSHA256", sha256Hex)
          .with("S3ComputedContentSHA256", computed);
    }
  }

  private @Nullable Checksum expected() {
    ChecksumAlgorithm trailing = declared.trailing();
    if (trailing == null || chunks == null) {
      return declared.checksum();
    }
    String value = chunks.trailers().get(trailing.headerName());
    if (value == null) {
      throw S3ErrorCode.INCOMPLETE_BODY.exception("An announced trailer is missing.");
    }
    return Checksum.parse(trailing, value);
  }

  private S3Exception mismatch() {
    return S3ErrorCode.BAD_DIGEST.exception(
        "The " + algorithm.wireName() + " you specified did not match the calculated checksum.");
  }
}
