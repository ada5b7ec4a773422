package io.sluice.auth;

import io.sluice.checksum.BodyDigests;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's body: opened when first asked for, decoded, verified. Confined to one request. */
final class RequestBody implements VerifiedBody {
  private static final int READ_BYTES = 8 * 1024;

  private final BodySource source;
  private final BodyForm form;
  private final DeclaredDigests declared;
  private final @Nullable ChunkSignatures chunkSignatures;
  private final boolean formFile;
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
    this.formFile = false;
  }

  private RequestBody(BodySource file, DeclaredDigests declared) {
    this.source = file;
    this.form = new BodyForm(null, OptionalLong.empty());
    this.declared = declared;
    this.chunkSignatures = null;
    this.formFile = true;
  }

  static RequestBody ofForm(BodySource file, Map<String, List<String>> fields) {
    return new RequestBody(
        file, DeclaredDigests.parse(new FormFields(fields), new PayloadHash.Unsigned()));
  }

  /** A body that somebody else takes apart and verifies. */
  static RequestBody asItArrives(BodySource source, SignableRequest request) {
    PayloadHash unsigned = new PayloadHash.Unsigned();
    DeclaredDigests none = DeclaredDigests.parse(new FormFields(Map.of()), unsigned);
    return new RequestBody(source, BodyForm.parse(request, unsigned, none), none, null);
  }

  /** The fields of a form where a request has headers. */
  private record FormFields(Map<String, List<String>> values) implements SignableRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String rawPath() {
      return "/";
    }

    @Override
    public String pathPrefix() {
      return "";
    }

    @Override
    public @Nullable String hostBucket() {
      return null;
    }

    @Override
    public @Nullable String rawQuery() {
      return null;
    }

    @Override
    public List<String> headers(String name) {
      return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Set<String> headerNames() {
      return values.keySet();
    }
  }

  @Override
  public boolean isFormFile() {
    return formFile;
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
  public boolean hasSignedDigest() {
    // What signatures of chunks are checked with is there for every signed request.
    ChunkedPayloadStream.Form chunks = form.chunked();
    return declared.sha256Hex() != null
        || (chunkSignatures != null && chunks != null && chunks.signed());
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
