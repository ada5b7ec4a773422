package io.sluice.auth;

import org.jspecify.annotations.Nullable;

/** A request whose sender is known, and how its body is to be read. Confined to one request. */
public final class Authenticated {
  private final Identity identity;
  private final SignableRequest request;
  private final PayloadHash payloadHash;
  private final @Nullable ChunkSignatures chunkSignatures;
  private final boolean elsewhere;

  Authenticated(
      Identity identity,
      SignableRequest request,
      PayloadHash payloadHash,
      @Nullable ChunkSignatures chunkSignatures) {
    this(identity, request, payloadHash, chunkSignatures, false);
  }

  private Authenticated(
      Identity identity,
      SignableRequest request,
      PayloadHash payloadHash,
      @Nullable ChunkSignatures chunkSignatures,
      boolean elsewhere) {
    this.elsewhere = elsewhere;
    this.identity = identity;
    this.request = request;
    this.payloadHash = payloadHash;
    this.chunkSignatures = chunkSignatures;
  }

  /**
   * A request that the gateway makes itself in somebody's name; the headers say how its body is to
   * be read.
   */
  public static Authenticated own(Identity identity, SignableRequest request) {
    return new Authenticated(identity, request, new PayloadHash.Unsigned(), null);
  }

  /**
   * A request that is for another S3 to authenticate: nobody here knows who sent it, and its body
   * is read as it arrives, with nothing taken apart or verified but its length.
   */
  public static Authenticated elsewhere(Authenticator.Claim claimed, SignableRequest request) {
    return new Authenticated(claimed.identity(), request, new PayloadHash.Unsigned(), null, true);
  }

  /** Who sent it. */
  public Identity identity() {
    return identity;
  }

  /**
   * The body; nothing is read yet.
   *
   * @throws io.sluice.error.S3Exception InvalidDigest, InvalidRequest, InvalidArgument for headers
   *     about the body that are wrong in themselves
   */
  public VerifiedBody body(BodySource source) {
    if (elsewhere) {
      return RequestBody.asItArrives(source, request);
    }
    DeclaredDigests digests = DeclaredDigests.parse(request, payloadHash);
    return new RequestBody(
        source, BodyForm.parse(request, payloadHash, digests), digests, chunkSignatures);
  }
}
