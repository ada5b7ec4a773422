package io.sluice.model.encryption;

/**
 * How an object's bytes are encrypted at rest: whose key wraps the keys of its bodies. Holds no
 * secret. Immutable.
 *
 * @param kind whose key it is
 * @param key the id of the key of KMS; with the customer's key a salted digest by which it is known
 *     again; else empty
 * @param context the encryption context of KMS, as JSON; empty with none
 * @param bucketKey whether the client asked for the bucket's key in the place of one for each
 *     object
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html">AWS</a>
 */
public record Encryption(Kind kind, String key, String context, boolean bucketKey) {
  /** With the gateway's own key. */
  public static final Encryption SSE_S3 = new Encryption(Kind.SSE_S3, "", "", false);

  /** Whose key it is. */
  public enum Kind {
    /** The gateway's. */
    SSE_S3,
    /** One that a key service keeps. */
    SSE_KMS,
    /** The client's, which is sent with every request and never kept. */
    SSE_C
  }

  /** Whether the entity tag of a simple object is the MD5 of what the client sent. */
  public boolean tagIsMd5() {
    return kind == Kind.SSE_S3;
  }

  /** Whether the bytes are read only by those who send the key. */
  public boolean ofCustomer() {
    return kind == Kind.SSE_C;
  }
}
