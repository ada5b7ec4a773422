package io.sluice.operation;

import io.sluice.auth.VerifiedBody;
import io.sluice.checksum.BodyDigests;
import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.protocol.S3Headers;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A body at hand that holds what its headers declare. */
final class FixtureBody implements VerifiedBody {
  private final byte[] bytes;
  private final S3Headers headers;
  private final BytesPayload payload;
  private BodyDigests digests = BodyDigests.DEFAULT;
  private byte[] document;

  FixtureBody(byte[] bytes, S3Headers headers) {
    this.bytes = bytes.clone();
    this.headers = headers;
    this.payload = BytesPayload.of(this.bytes);
  }

  @Override
  public InputStream stream() {
    return payload.stream();
  }

  @Override
  public InputStream stream(BodyDigests wanted) {
    digests = wanted;
    return stream();
  }

  @Override
  public OptionalLong lengthBytes() {
    String length = headers.get("Content-Length");
    if (length != null) {
      return length.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    }
    return OptionalLong.of(bytes.length);
  }

  @Override
  public String md5Hex() {
    return payload.etag().value();
  }

  @Override
  public List<Checksum> checksums() {
    List<Checksum> checksums = new ArrayList<>(payload.checksums());
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (headers.has(algorithm.headerName())) {
        checksums.add(ChecksumDigest.checksum(algorithm, bytes));
      }
    }
    ChecksumAlgorithm algorithm = digests.checksum();
    return checksums.isEmpty() && algorithm != null
        ? List.of(ChecksumDigest.checksum(algorithm, bytes))
        : checksums;
  }

  @Override
  public boolean hasDeclaredChecksum() {
    return headers.has("Content-MD5")
        || headers.names().stream().anyMatch(name -> ChecksumAlgorithm.ofHeader(name).isPresent());
  }

  @Override
  public boolean hasSignedDigest() {
    return headers.has("x-amz-content-sha256");
  }

  @Override
  public byte[] readAll(int maxBytes) throws IOException {
    if (bytes.length > maxBytes) {
      throw S3ErrorCode.MAX_MESSAGE_LENGTH_EXCEEDED.exception();
    }
    if (document == null) {
      document = payload.stream().readAllBytes();
    }
    return document.clone();
  }
}
