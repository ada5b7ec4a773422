package io.sluice.encryption;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.UploadInfo;
import io.sluice.model.encryption.Encryption;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encryption at rest as requests ask for it: whose key a write is encrypted with, and whether a
 * read has the right one. The bytes are encrypted by the store, with what is given it here.
 *
 * <p>Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html">AWS</a>
 */
public final class ServerSideEncryption {
  /** The name of the gateway's own key in a ring. */
  public static final String MASTER_KEY = "sse-s3";

  /** The headers that are understood, in lower case. */
  public static final Set<String> HEADERS =
      Set.of(
          EncryptionHeaders.METHOD,
          EncryptionHeaders.KEY_ID,
          EncryptionHeaders.CONTEXT,
          EncryptionHeaders.BUCKET_KEY,
          CustomerKeyHeaders.OF_OBJECT + CustomerKeyHeaders.ALGORITHM,
          CustomerKeyHeaders.OF_OBJECT + CustomerKeyHeaders.KEY,
          CustomerKeyHeaders.OF_OBJECT + CustomerKeyHeaders.KEY_MD5);

  /** Those of the source of a copy. */
  public static final Set<String> COPY_SOURCE_HEADERS =
      Set.of(
          CustomerKeyHeaders.OF_COPY_SOURCE + CustomerKeyHeaders.ALGORITHM,
          CustomerKeyHeaders.OF_COPY_SOURCE + CustomerKeyHeaders.KEY,
          CustomerKeyHeaders.OF_COPY_SOURCE + CustomerKeyHeaders.KEY_MD5);

  private final BucketStore buckets;
  private final boolean built;
  private final Keys keys;

  /**
   * The server's keys.
   *
   * @param ring the gateway's own, under {@link #MASTER_KEY}
   * @param service those of KMS
   * @param customerKeysInTheClear whether clients may send their keys over plain HTTP
   */
  public record Keys(KeyRing ring, KeyService service, boolean customerKeysInTheClear) {}

  /** Encryption in a back end. */
  public ServerSideEncryption(Storage storage, Keys keys) {
    this.buckets = storage.buckets();
    this.built = storage.capabilities().contains(Capability.ENCRYPTION);
    this.keys = keys;
  }

  private @Nullable CustomerKey customer(S3Request request, String prefix) {
    boolean secure = request.origin().secure() || keys.customerKeysInTheClear();
    return CustomerKeyHeaders.parse(request.headers(), prefix, secure);
  }

  /**
   * What a write is encrypted with: as its headers say, else as the bucket does; null for nothing.
   *
   * @throws S3Exception InvalidArgument, InvalidRequest for bad headers; AccessDenied where the
   *     bucket refuses customers' keys; KMS.NotFoundException; NotImplemented by a store that
   *     cannot
   */
  public @Nullable KeyWrapping ofWrite(S3Request request) throws IOException {
    CustomerKey customer = customer(request, CustomerKeyHeaders.OF_OBJECT);
    if (customer == null) {
      return ofWrite(request.bucket(), request.headers());
    }
    if (EncryptionHeaders.anyOf(request.headers())) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "Server Side Encryption with Customer provided key is incompatible with the"
                  + " encryption method specified")
          .with("ArgumentName", EncryptionHeaders.METHOD);
    }
    if (configuration(request.bucket()).filter(BucketEncryption::blocksCustomerKeys).isPresent()) {
      throw S3ErrorCode.ACCESS_DENIED.exception(
          "This bucket does not allow encryption with keys that clients provide.");
    }
    return built(new WithCustomerKey(customer, customer.encryption()));
  }

  private @Nullable KeyWrapping ofWrite(BucketName bucket, S3Headers headers) throws IOException {
    Encryption encryption = EncryptionHeaders.parse(headers, keys.service());
    if (encryption == null) {
      BucketEncryption configured = configuration(bucket).orElse(null);
      if (configured != null) {
        encryption = configured.ofWrite(keys.service(), EncryptionHeaders.bucketKey(headers));
      }
    }
    return encryption == null ? null : built(new WithServerKey(keys, encryption));
  }

  private Optional<BucketEncryption> configuration(BucketName bucket) throws IOException {
    return built ? BucketEncryption.of(buckets, bucket) : Optional.empty();
  }

  private KeyWrapping built(KeyWrapping wrapping) {
    if (!built) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception("This store does not encrypt.");
    }
    return wrapping;
  }

  /**
   * What a part is encrypted with: as its upload is.
   *
   * @throws S3Exception InvalidRequest when the customer's key is missing or another; as {@link
   *     #ofWrite(S3Request)}
   */
  public @Nullable KeyWrapping ofPart(S3Request request, UploadInfo upload) throws IOException {
    Encryption encryption = upload.encryption();
    CustomerKey customer = customer(request, CustomerKeyHeaders.OF_OBJECT);
    EncryptionHeaders.checkAgree(request.headers(), encryption, keys.service());
    if (encryption == null || !encryption.ofCustomer()) {
      if (customer != null) {
        throw notApplicable();
      }
      return encryption == null ? null : new WithServerKey(keys, encryption);
    }
    if (customer == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The multipart upload initiate requested encryption. Subsequent part requests must"
              + " include the appropriate encryption parameters.");
    }
    if (!customer.fits(encryption)) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The provided encryption parameters did not match the ones used originally.");
    }
    return new WithCustomerKey(customer, encryption);
  }

  /**
   * Checks the headers of a request about an upload that may name its key, and need not.
   *
   * @throws S3Exception as {@link #ofPart}
   */
  public void checkUpload(S3Request request, UploadInfo upload) throws IOException {
    boolean named = CustomerKeyHeaders.anyOf(request.headers(), CustomerKeyHeaders.OF_OBJECT);
    Encryption encryption = upload.encryption();
    if (named || encryption == null || !encryption.ofCustomer()) {
      ofPart(request, upload);
    } else {
      EncryptionHeaders.checkAgree(request.headers(), encryption, keys.service());
    }
  }

  /** Whether a write says what it is encrypted with. */
  public static boolean isNamed(S3Request request) {
    return EncryptionHeaders.anyOf(request.headers())
        || CustomerKeyHeaders.anyOf(request.headers(), CustomerKeyHeaders.OF_OBJECT);
  }

  /**
   * What an object is read with.
   *
   * @throws S3Exception InvalidArgument, InvalidRequest for bad headers
   */
  public KeyUnwrapping ofRead(S3Request request) {
    if (EncryptionHeaders.anyOf(request.headers())
        || request.headers().has(EncryptionHeaders.BUCKET_KEY)) {
      throw EncryptionHeaders.unsupported();
    }
    return new Reading(keys, customer(request, CustomerKeyHeaders.OF_OBJECT));
  }

  /**
   * What the source of a copy is read with.
   *
   * @throws S3Exception InvalidArgument, InvalidRequest for bad headers
   */
  public KeyUnwrapping ofCopySource(S3Request request) {
    return new Reading(keys, customer(request, CustomerKeyHeaders.OF_COPY_SOURCE));
  }

  /** What objects are read with when no client gives its key. */
  public KeyUnwrapping ofServer() {
    return new Reading(keys, null);
  }

  /**
   * A key of the key service, for what was encrypted with another key of the server's.
   *
   * @param keyId an id, an alias or an ARN
   * @throws S3Exception KMS.NotFoundException; NotImplemented by a store that cannot
   */
  public KeyWrapping ofService(String keyId, boolean bucketKey) throws IOException {
    Encryption encryption =
        new Encryption(Encryption.Kind.SSE_KMS, keys.service().resolve(keyId), "", bucketKey);
    return built(new WithServerKey(keys, encryption));
  }

  /** Adds what an answer tells of an object, a part or an upload. */
  public static S3Response describe(
      S3Response response, @Nullable Encryption encryption, S3Request request) {
    if (encryption == null) {
      return response;
    }
    if (!encryption.ofCustomer()) {
      EncryptionHeaders.describe(response, encryption);
      return response;
    }
    String md5 = CustomerKeyHeaders.OF_OBJECT + CustomerKeyHeaders.KEY_MD5;
    return response
        .header(
            CustomerKeyHeaders.OF_OBJECT + CustomerKeyHeaders.ALGORITHM, CustomerKeyHeaders.AES256)
        .header(
            CustomerKeyHeaders.OF_OBJECT + "key-MD5", request.headers().nonBlank(md5).orElse(null));
  }

  /** The same for a write, which tells the context too. */
  public static S3Response describeWrite(
      S3Response response, @Nullable Encryption encryption, S3Request request) {
    if (encryption != null) {
      EncryptionHeaders.describeContext(response, encryption);
    }
    return describe(response, encryption, request);
  }

  /** The same for a completed upload, of which nothing is told of a customer's key. */
  public static S3Response describeCompleted(S3Response response, @Nullable Encryption encryption) {
    if (encryption != null && !encryption.ofCustomer()) {
      EncryptionHeaders.describe(response, encryption);
    }
    return response;
  }

  private static S3Exception notApplicable() {
    return S3ErrorCode.INVALID_REQUEST.exception(
        "The encryption parameters are not applicable to this object.");
  }

  /** A write with the client's key. */
  private record WithCustomerKey(CustomerKey key, Encryption encryption) implements KeyWrapping {
    @Override
    public Envelope wrap(DataKey dataKey) {
      return key.wrap(dataKey);
    }
  }

  /** A write with the gateway's key, or a key service's. */
  private record WithServerKey(Keys keys, Encryption encryption) implements KeyWrapping {
    @Override
    public Envelope wrap(DataKey dataKey) throws IOException {
      if (encryption.kind() == Encryption.Kind.SSE_S3) {
        return keys.ring().envelope(MASTER_KEY, dataKey, "");
      }
      return new Envelope(keys.service().wrap(encryption.key(), dataKey, encryption.context()));
    }
  }

  /** A read, with the client's key where the request has one. */
  private record Reading(Keys keys, @Nullable CustomerKey customer) implements KeyUnwrapping {
    @Override
    public void admit(@Nullable Encryption encryption) {
      if (encryption == null || !encryption.ofCustomer()) {
        if (customer != null) {
          throw notApplicable();
        }
        return;
      }
      if (customer == null) {
        throw S3ErrorCode.INVALID_REQUEST.exception(
            "The object was stored using a form of Server Side Encryption. The correct parameters"
                + " must be provided to retrieve the object.");
      }
      if (!customer.fits(encryption)) {
        throw S3ErrorCode.ACCESS_DENIED.exception();
      }
    }

    @Override
    public DataKey unwrap(Encryption encryption, Envelope envelope) throws IOException {
      return switch (encryption.kind()) {
        case SSE_S3 -> keys.ring().unwrap(MASTER_KEY, envelope.toBytes(), "");
        case SSE_KMS ->
            keys.service().unwrap(encryption.key(), envelope.toBytes(), encryption.context());
        case SSE_C -> {
          admit(encryption);
          yield Optional.ofNullable(customer)
              .flatMap(key -> key.unwrap(envelope))
              .orElseThrow(() -> new IOException("Stored bytes are damaged"));
        }
      };
    }
  }
}
