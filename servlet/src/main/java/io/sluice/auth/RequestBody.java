package io.sluice.auth;

import io.sluice.checksum.BodyDigests;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request's body: opened when first asked for, decoded, verified. Confined to one request. */
final class RequestBody implements VerifiedBody {
  private static final int READ_BYTES = 8 * 1024;

  private final BodySource source;
  private final BodyForm form;
  private final DeclaredDigests declared;
  private final @Nullable ChunkSignatures chunkSignatures;
  private @Nullable VerifyingStream stream;
  private byte @Nullable [] document;

  RequestBody(
      BodySource source,
      BodyForm form,
      DeclaredDigests declared,
      @Nullable ChunkSignatures chunkSignatures) {
    this.source = source;
    this.form = form;
    this.declared = declared;
    this.chunkSignatures = chunkSignatures;
  }

  @Override
  public InputStream stream() throws IOException {
    return stream(BodyDigests.DEFAULT);
  }

  @Override
  public InputStream stream(BodyDigests digests) throws IOException {
    VerifyingStream open = stream;
    if (open == null) {
      InputStream raw = source.open();
      ChunkedPayloadStream chunks =
          form.chunked() == null
              ? null
              : new ChunkedPayloadStream(raw, form.chunked(), chunkSignatures);
      open =
          new VerifyingStream(
              raw, chunks, form.lengthBytes(), new VerifyingStream.Digests(declared, digests));
      stream = open;
    }
    return open;
  }

  @Override
  public OptionalLong lengthBytes() {
    return form.lengthBytes();
  }

  @Override
  public String md5Hex() {
    return ended().md5Hex();
  }

  @Override
  public List<Checksum> checksums() {
    return ended().checksums();
  }

  private VerifyingStream ended() {
    VerifyingStream open = stream;
    if (open == null || !open.ended()) {
      throw new IllegalStateException("the body has not been read to its clean end");
    }
    return open;
  }

  @Override
  public boolean hasDeclaredChecksum() {
    return declared.anyChecksum();
  }

  @Override
  public byte[] readAll(int maxBytes) throws IOException {
    byte[] known = document;
    if (known != null) {
      return known.clone();
    }
    if (lengthBytes().orElse(0) > maxBytes) {
      throw tooLong(maxBytes);
    }
    InputStream in = stream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[READ_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      bytes.write(buffer, 0, count);
      if (bytes.size() > maxBytes) {
        throw tooLong(maxBytes);
      }
    }
    document = bytes.toByteArray();
    return bytes.toByteArray();
  }

  private static RuntimeException tooLong(int maxBytes) {
    return S3ErrorCode.MAX_MESSAGE_LENGTH_EXCEEDED
        .exception()
        .with("MaxMessageLengthBytes", maxBytes);
  }
}
