package io.sluice.encryption;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.encryption.Encryption;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The headers that ask for encryption with a key of the server's, and those that tell of any. */
final class EncryptionHeaders {
  static final String METHOD = "x-amz-server-side-encryption";
  static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";
  static final String CONTEXT = "x-amz-server-side-encryption-context";
  static final String BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled";
  static final String AES256 = "AES256";
  static final String KMS = "aws:kms";
  static final String DSSE = "aws:kms:dsse";

  /** KMS: the encryption context is 8 KiB at the most. */
  private static final int MAX_CONTEXT_BYTES = 8192;

  private EncryptionHeaders() {}

  /** Whether a key of the server's is asked for. */
  static boolean anyOf(S3Headers headers) {
    return headers.has(METHOD) || headers.has(KEY_ID) || headers.has(CONTEXT);
  }

  /**
   * What is asked for; null when nothing is.
   *
   * @throws S3Exception InvalidArgument; NotImplemented for two layers; KMS.NotFoundException
   */
  static @Nullable Encryption parse(S3Headers headers, KeyService service) throws IOException {
    if (!anyOf(headers)) {
      return null;
    }
    String method = headers.nonBlank(METHOD).orElse("");
    if (method.equals(KMS)) {
      String key = service.resolve(headers.nonBlank(KEY_ID).orElse(""));
      return new Encryption(
          Encryption.Kind.SSE_KMS, key, context(headers), Boolean.TRUE.equals(bucketKey(headers)));
    }
    if (method.equals(DSSE)) {
      throw S3ErrorCode.NOT_IMPLEMENTED
          .exception("A header you provided implies functionality that is not implemented")
          .with("Header", METHOD)
          .with("HeaderValue", DSSE);
    }
    if (headers.has(METHOD) && !method.equals(AES256)) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The encryption method specified is not supported")
          .with("ArgumentName", METHOD)
          .with("ArgumentValue", method);
    }
    if (headers.has(KEY_ID) || headers.has(CONTEXT)) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "Server Side Encryption with AWS KMS managed key requires HTTP header"
                  + " x-amz-server-side-encryption : aws:kms")
          .with("ArgumentName", METHOD)
          .with("ArgumentValue", method);
    }
    return Encryption.SSE_S3;
  }

  /** Whether the bucket's key is asked for; null when nothing is said. */
  static @Nullable Boolean bucketKey(S3Headers headers) {
    String value = headers.nonBlank(BUCKET_KEY).orElse(null);
    if (value == null) {
      return null;
    }
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The value is true or false.")
          .with("ArgumentName", BUCKET_KEY)
          .with("ArgumentValue", value);
    }
    return value.equalsIgnoreCase("true");
  }

  /** The context as JSON text, which is compared and otherwise opaque. */
  private static String context(S3Headers headers) {
    String value = headers.nonBlank(CONTEXT).orElse(null);
    if (value == null) {
      return "";
    }
    String json = "";
    try {
      byte[] bytes = Base64.getDecoder().decode(value.getBytes(StandardCharsets.ISO_8859_1));
      json = new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException e) {
      throw badContext();
    }
    if (!json.startsWith("{") || !json.endsWith("}") || json.length() > MAX_CONTEXT_BYTES) {
      throw badContext();
    }
    return json;
  }

  private static S3Exception badContext() {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("The encryption context is not Base64 of a JSON object.")
        .with("ArgumentName", CONTEXT);
  }

  /** Adds what an answer tells of an encryption with a key of the server's. */
  static void describe(S3Response response, Encryption encryption) {
    if (encryption.kind() == Encryption.Kind.SSE_S3) {
      response.header(METHOD, AES256);
      return;
    }
    response
        .header(METHOD, KMS)
        .header(KEY_ID, encryption.key())
        .header(BUCKET_KEY, encryption.bucketKey() ? "true" : null);
  }

  /** Adds the context, which the answers of writes tell. */
  static void describeContext(S3Response response, Encryption encryption) {
    if (!encryption.context().isEmpty()) {
      byte[] json = encryption.context().getBytes(StandardCharsets.UTF_8);
      response.header(CONTEXT, Base64.getEncoder().encodeToString(json));
    }
  }

  /**
   * Refuses a part's or a completion's headers that say something else than its upload.
   *
   * @throws S3Exception InvalidArgument
   */
  static void checkAgree(S3Headers headers, @Nullable Encryption encryption, KeyService service)
      throws IOException {
    Encryption asked = parse(headers, service);
    if (asked != null
        && (encryption == null
            || asked.kind() != encryption.kind()
            || !asked.key().equals(encryption.key()))) {
      throw unsupported();
    }
  }

  static S3Exception unsupported() {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("x-amz-server-side-encryption header is not supported for this operation.")
        .with("ArgumentName", METHOD);
  }
}
