package io.sluice.auth;

import io.sluice.checksum.BodyDigests;
import io.sluice.model.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A request's body, decoded, and verified in one pass while it is read: length, payload hash, chunk
 * signatures, {@code Content-MD5}, checksum headers and trailers. The last read throws when one of
 * them does not hold. Opened lazily: nothing is read, and no {@code 100 Continue} sent, before
 * {@link #stream()}. Confined to one request.
 */
public interface VerifiedBody {
  /**
   * The decoded bytes; the same stream at every call.
   *
   * @throws io.sluice.error.S3Exception MissingContentLength and other faults visible beforehand
   */
  InputStream stream() throws IOException;

  /**
   * The same, with digests of the reader's choice; for the first call only, since they are computed
   * while the body is read.
   *
   * @param digests what is computed beside that which the request declares
   */
  default InputStream stream(BodyDigests digests) throws IOException {
    return stream();
  }

  /**
   * The file of a form, verified like a body of its own.
   *
   * @param fields what the form says in place of headers; names in lower case
   * @throws io.sluice.error.S3Exception InvalidDigest, InvalidRequest for fields about the file
   *     that are wrong in themselves
   */
  static VerifiedBody ofForm(BodySource file, Map<String, List<String>> fields) {
    return RequestBody.ofForm(file, fields);
  }

  /**
   * Whether this is the file of a form. It ends at a boundary, so that its length is unknown until
   * then, and a browser sends it, which computes no digests.
   */
  default boolean isFormFile() {
    return false;
  }

  /** The decoded length in bytes where the headers tell it. */
  OptionalLong lengthBytes();

  /**
   * MD5 of the decoded bytes in hex.
   *
   * @throws IllegalStateException before the clean end, or when nobody asked for it
   */
  String md5Hex();

  /**
   * The checksum that the client declared and that held; of a body without one, what was asked for
   * when it was opened.
   *
   * @throws IllegalStateException before the clean end
   */
  List<Checksum> checksums();

  /**
   * Whether a Content-MD5, a checksum header or a checksum trailer came with the request, as some
   * operations demand.
   */
  boolean hasDeclaredChecksum();

  /** Whether a digest of every byte is signed: the payload's hash, or that of each chunk. */
  boolean hasSignedDigest();

  /**
   * Reads a small document to its clean end; the same bytes at every call, since a policy may ask
   * about them before their operation does.
   *
   * @param maxBytes the most it may hold
   * @throws io.sluice.error.S3Exception MaxMessageLengthExceeded above that, and what {@link
   *     #stream()} throws
   */
  byte[] readAll(int maxBytes) throws IOException;
}
