package io.sluice.protocol.form;

import io.sluice.error.S3ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The file in a form, which ends only with the whole form. Confined to one request. */
final class FormFile extends InputStream {
  /** What S3 ignores: fields behind the file, each so large at most. */
  private static final int MAX_IGNORED_BYTES = 64 * 1024 * 1024;

  private static final int MAX_EPILOGUE_BYTES = 64 * 1024;

  private final MultipartReader reader;
  private final long minBytes;
  private final long maxBytes;
  private long count;
  private boolean ended;

  FormFile(MultipartReader reader, long minBytes, long maxBytes) {
    this.reader = reader;
    this.minBytes = minBytes;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int read = reader.read(bytes, offset, length);
    if (read < 0) {
      end();
      return -1;
    }
    count += read;
    if (count > maxBytes) {
      throw S3ErrorCode.ENTITY_TOO_LARGE
          .exception()
          .with("ProposedSize", count)
          .with("MaxSizeAllowed", maxBytes);
    }
    return read;
  }

  private void end() throws IOException {
    if (count < minBytes) {
      throw S3ErrorCode.ENTITY_TOO_SMALL
          .exception()
          .with("ProposedSize", count)
          .with("MinSizeAllowed", minBytes);
    }
    for (FormPart part = next(); part != null; part = next()) {
      if (part.name().equals(PostForm.FILE)) {
        throw S3ErrorCode.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST.exception();
      }
    }
    reader.drain(MAX_EPILOGUE_BYTES);
    ended = true;
  }

  private @Nullable FormPart next() throws IOException {
    return reader.next(MAX_IGNORED_BYTES);
  }
}
