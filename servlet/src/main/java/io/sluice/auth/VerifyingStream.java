package io.sluice.auth;

import io.sluice.checksum.BodyDigests;
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
  private final InputStream in;
  private final @Nullable ChunkedPayloadStream chunks;
  private final OptionalLong lengthBytes;
  private final DeclaredDigests declared;
  private final @Nullable ChecksumDigest md5;
  private final @Nullable ChecksumDigest sha256;
  private final @Nullable ChecksumAlgorithm algorithm;
  private final @Nullable ChecksumDigest checksum;
  private long count;
  private @Nullable String md5Hex;
  private List<Checksum> verified = List.of();
  private boolean ended;
  private boolean failed;

  VerifyingStream(
      InputStream raw,
      @Nullable ChunkedPayloadStream chunks,
      OptionalLong lengthBytes,
      Digests digests) {
    this.in = chunks == null ? raw : chunks;
    this.chunks = chunks;
    this.lengthBytes = lengthBytes;
    this.declared = digests.declared();
    this.sha256 = declared.sha256Hex() == null ? null : ChecksumDigest.of(ChecksumAlgorithm.SHA256);
    boolean needsMd5 = digests.wanted().md5() || declared.contentMd5() != null;
    this.md5 = needsMd5 ? ChecksumDigest.of(ChecksumAlgorithm.MD5) : null;
    ChecksumAlgorithm algorithm = digests.algorithm();
    this.checksum = algorithm == null ? null : ChecksumDigest.of(algorithm);
    this.algorithm = algorithm;
  }

  /**
   * What is computed.
   *
   * @param declared what the request declares, to be compared
   * @param wanted what the reader wants beside it
   */
  record Digests(DeclaredDigests declared, BodyDigests wanted) {
    @Nullable ChecksumAlgorithm algorithm() {
      if (declared.checksum() != null) {
        return declared.checksum().algorithm();
      }
      return declared.trailing() == null ? wanted.checksum() : declared.trailing();
    }
  }

  boolean ended() {
    return ended;
  }

  String md5Hex() {
    if (md5Hex == null) {
      throw new IllegalStateException("there is no MD5: not read to a clean end, or not asked for");
    }
    return md5Hex;
  }

  List<Checksum> checksums() {
    if (!ended) {
      throw new IllegalStateException("the body has not been read to its clean end");
    }
    return verified;
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
    if (md5 != null) {
      md5.update(bytes, offset, read);
    }
    if (checksum != null) {
      checksum.update(bytes, offset, read);
    }
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
    if (md5 != null) {
      md5Hex = HexFormat.of().formatHex(verifyMd5(md5.digest()));
    }
    if (checksum != null && algorithm != null) {
      Checksum computed = Checksum.of(algorithm, checksum.digest());
      Checksum expected = expected();
      if (expected != null && !expected.equals(computed)) {
        throw mismatch(algorithm);
      }
      verified = List.of(computed);
    }
    ended = true;
  }

  private byte[] verifyMd5(byte[] digest) {
    Checksum contentMd5 = declared.contentMd5();
    if (contentMd5 != null && !MessageDigest.isEqual(digest, contentMd5.digest())) {
      throw S3ErrorCode.BAD_DIGEST
          .exception("The Content-MD5 you specified did not match what we received.")
          .with("ExpectedDigest", HexFormat.of().formatHex(contentMd5.digest()))
          .with("CalculatedDigest", HexFormat.of().formatHex(digest));
    }
    return digest;
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

  private static S3Exception mismatch(ChecksumAlgorithm algorithm) {
    return S3ErrorCode.BAD_DIGEST.exception(
        "The " + algorithm.wireName() + " you specified did not match the calculated checksum.");
  }
}
