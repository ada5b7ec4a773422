package io.sluice.encryption;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.encryption.Encryption;
import io.sluice.storage.BucketStore;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket's objects are encrypted with unless their writer says otherwise, and what no writer
 * may ask for. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionConfiguration.html">API</a>
 */
@JsonRootName("ServerSideEncryptionConfiguration")
public record BucketEncryption(@Nullable List<Rule> rule) {
  /** The name of the bucket's setting. */
  public static final String SETTING = "encryption";

  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final String NO_TYPE = "NONE";
  private static final String SSE_C = "SSE-C";

  /** The one rule of a bucket. */
  public record Rule(
      @Nullable ByDefault applyServerSideEncryptionByDefault,
      @Nullable Boolean bucketKeyEnabled,
      @Nullable BlockedTypes blockedEncryptionTypes) {}

  /** What is applied. */
  public record ByDefault(
      @JsonProperty("SSEAlgorithm") @Nullable String algorithm,
      @JsonProperty("KMSMasterKeyID") @Nullable String keyId) {}

  /** What is refused. */
  public record BlockedTypes(@Nullable List<String> encryptionType) {}

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /**
   * Parses what a request sets.
   *
   * @throws S3Exception MalformedXML; InvalidArgument for a key without KMS; NotImplemented for two
   *     layers of encryption
   */
  public static BucketEncryption parse(byte[] body) {
    BucketEncryption given = XmlBodies.read(body, BucketEncryption.class);
    List<Rule> rules = given.rule();
    if (rules == null || rules.size() != 1) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    Rule rule = rules.get(0);
    ByDefault byDefault = rule.applyServerSideEncryptionByDefault();
    if (byDefault != null) {
      check(byDefault);
    }
    BlockedTypes blocked = rule.blockedEncryptionTypes();
    if (blocked != null) {
      check(blocked);
    }
    boolean bucketKey = Boolean.TRUE.equals(rule.bucketKeyEnabled());
    return new BucketEncryption(List.of(new Rule(byDefault, bucketKey, blocked)));
  }

  private static void check(ByDefault byDefault) {
    String algorithm = byDefault.algorithm();
    if (EncryptionHeaders.DSSE.equals(algorithm)) {
      throw S3ErrorCode.NOT_IMPLEMENTED
          .exception("Encryption in two layers is not implemented.")
          .with("SSEAlgorithm", algorithm);
    }
    boolean kms = EncryptionHeaders.KMS.equals(algorithm);
    if (!kms && !EncryptionHeaders.AES256.equals(algorithm)) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    if (!kms && byDefault.keyId() != null) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                  + " aws:kms:dsse")
          .with("ArgumentName", "ApplyServerSideEncryptionByDefault");
    }
  }

  private static void check(BlockedTypes blocked) {
    List<String> types = blocked.encryptionType();
    boolean known =
        types != null
            && !types.isEmpty()
            && types.stream().allMatch(type -> type.equals(SSE_C) || type.equals(NO_TYPE))
            && (types.size() == 1 || !types.contains(NO_TYPE));
    if (!known) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
  }

  /**
   * A bucket's configuration; empty when nothing is encrypted unless asked.
   *
   * @throws S3Exception NoSuchBucket
   */
  public static Optional<BucketEncryption> of(BucketStore buckets, BucketName bucket)
      throws IOException {
    return buckets
        .setting(bucket, SETTING)
        .map(document -> XmlBodies.read(document, BucketEncryption.class));
  }

  /** The document. */
  public byte[] bytes() {
    return XmlBodies.write(this);
  }

  private Optional<Rule> first() {
    return rule == null ? Optional.empty() : rule.stream().findFirst();
  }

  /** Whether writes with the client's own key are refused. */
  boolean blocksCustomerKeys() {
    return first()
        .map(Rule::blockedEncryptionTypes)
        .map(BlockedTypes::encryptionType)
        .filter(types -> types.contains(SSE_C))
        .isPresent();
  }

  /**
   * What a write without a word about encryption gets, or null.
   *
   * @param bucketKey what it says of the bucket's key, or null
   * @throws S3Exception KMS.NotFoundException when the configured key is gone
   */
  @Nullable Encryption ofWrite(KeyService service, @Nullable Boolean bucketKey) throws IOException {
    Rule only = first().orElse(null);
    ByDefault byDefault = only == null ? null : only.applyServerSideEncryptionByDefault();
    if (only == null || byDefault == null) {
      return null;
    }
    if (!EncryptionHeaders.KMS.equals(byDefault.algorithm())) {
      return Encryption.SSE_S3;
    }
    String keyId = byDefault.keyId();
    Boolean asked = bucketKey == null ? only.bucketKeyEnabled() : bucketKey;
    return new Encryption(
        Encryption.Kind.SSE_KMS,
        service.resolve(keyId == null ? "" : keyId),
        "",
        Boolean.TRUE.equals(asked));
  }
}
