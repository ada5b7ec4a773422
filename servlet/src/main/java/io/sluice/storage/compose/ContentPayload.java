package io.sluice.storage.compose;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.Payload;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * An object of one store on its way into another: its length and checksums are verified while it is
 * read. Confined to one request; whoever made it closes it.
 */
public final class ContentPayload implements Payload, Closeable {
  private final ContentPipe pipe;
  private final long lengthBytes;
  private final ChecksumDigest md5 = ChecksumDigest.of(ChecksumAlgorithm.MD5);
  private final ChecksumDigest digest;
  private final ChecksumAlgorithm algorithm;
  private final InputStream stream = new Verified();
  private long read;
  private byte[] md5Bytes = {};
  private byte[] digestBytes = {};
  private boolean ended;

  /**
   * Takes the bytes that an open object sends.
   *
   * @param algorithm the checksum that the new object shall have
   */
  public ContentPayload(ObjectContent content, ChecksumAlgorithm algorithm) {
    this.pipe = new ContentPipe(content);
    this.lengthBytes = content.range().length();
    this.algorithm = algorithm;
    this.digest = ChecksumDigest.of(algorithm);
  }

  @Override
  public InputStream stream() {
    return stream;
  }

  @Override
  public OptionalLong lengthBytes() {
    return OptionalLong.of(lengthBytes);
  }

  @Override
  public ETag etag() {
    requireEnd();
    return new ETag(HexFormat.of().formatHex(md5Bytes));
  }

  @Override
  public List<Checksum> checksums() {
    requireEnd();
    return List.of(Checksum.of(algorithm, digestBytes));
  }

  private void requireEnd() {
    if (!ended) {
      throw new IllegalStateException("The object was not read to its end");
    }
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }

  /** Counts and digests. */
  private final class Verified extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = pipe.read(target, offset, length);
      if (count < 0) {
        end();
        return -1;
      }
      read += count;
      md5.update(target, offset, count);
      digest.update(target, offset, count);
      return count;
    }

    private void end() throws IOException {
      if (read != lengthBytes) {
        throw new EOFException("The object ended at byte " + read + " of " + lengthBytes);
      }
      if (!ended) {
        ended = true;
        md5Bytes = md5.digest();
        digestBytes = digest.digest();
      }
    }
  }
}
