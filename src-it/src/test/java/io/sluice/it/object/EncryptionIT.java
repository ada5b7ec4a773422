package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.GatewayCase;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Encryption at rest, as AWS's client asks for it and sees it. */
class EncryptionIT extends GatewayCase {
  private static final int PART_BYTES = 5 << 20;
  private static final String AES256 = "AES256";
  private static final Key KEY = Key.of(1);
  private static final Key OTHER = Key.of(2);

  private record Key(String base64, String md5) {
    static Key of(int seed) {
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, (byte) seed);
      Base64.Encoder encoder = Base64.getEncoder();
      return new Key(encoder.encodeToString(bytes), encoder.encodeToString(digest(bytes)));
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tag(byte[] bytes) {
    return '"' + HexFormat.of().formatHex(digest(bytes)) + '"';
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static S3Exception refused(int status, String code, ThrowingCallable request) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, request);
    assertThat(refusal).isNotNull();
    assertThat(refusal.statusCode()).isEqualTo(status);
    if (refusal.awsErrorDetails() != null && !code.isEmpty()) {
      assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    }
    return refusal;
  }

  private byte[] read(String key, String range) {
    return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key).range(range)).asByteArray();
  }

  private byte[] readWith(Key with, String key) {
    return s3.getObjectAsBytes(
            r ->
                r.bucket(bucket)
                    .key(key)
                    .sseCustomerAlgorithm(AES256)
                    .sseCustomerKey(with.base64())
                    .sseCustomerKeyMD5(with.md5()))
        .asByteArray();
  }

  private PutObjectResponse putWith(Key with, String key, byte[] body) {
    return s3.putObject(
        r ->
            r.bucket(bucket)
                .key(key)
                .sseCustomerAlgorithm(AES256)
                .sseCustomerKey(with.base64())
                .sseCustomerKeyMD5(with.md5()),
        RequestBody.fromBytes(body));
  }

  @Test
  void theGatewaysKey() {
    byte[] body = random(1_000_000);
    PutObjectResponse put =
        s3.putObject(
            r -> r.bucket(bucket).key("k").serverSideEncryption(ServerSideEncryption.AES256),
            RequestBody.fromBytes(body));
    assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    assertThat(put.eTag()).isEqualTo(tag(body));

    assertThat(read("k", null)).isEqualTo(body);
    assertThat(read("k", "bytes=131000-262200"))
        .isEqualTo(Arrays.copyOfRange(body, 131_000, 262_201));
    assertThat(read("k", "bytes=-5"))
        .isEqualTo(Arrays.copyOfRange(body, body.length - 5, body.length));
    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("k"));
    assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    assertThat(head.contentLength()).isEqualTo(body.length);
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents().get(0).size())
        .isEqualTo(body.length);
  }

  @Test
  void theGatewaysKeyIsReplacedByOneOfKms() {
    byte[] body = random(1_000_000);
    s3.putObject(
        r -> r.bucket(bucket).key("k").serverSideEncryption(ServerSideEncryption.AES256),
        RequestBody.fromBytes(body));

    s3.updateObjectEncryption(
        r ->
            r.bucket(bucket)
                .key("k")
                .objectEncryption(
                    o ->
                        o.ssekms(
                            k ->
                                k.kmsKeyArn("arn:aws:kms:us-east-1:000000000000:key/it-key")
                                    .bucketKeyEnabled(true))));

    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("k"));
    assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(head.ssekmsKeyId()).isEqualTo("it-key");
    assertThat(head.eTag()).isEqualTo(tag(body));
    assertThat(read("k", null)).isEqualTo(body);
  }

  @Test
  void aClientsKey() {
    byte[] body = random(300_000);
    PutObjectResponse put = putWith(KEY, "k", body);
    assertThat(put.sseCustomerAlgorithm()).isEqualTo(AES256);
    assertThat(put.sseCustomerKeyMD5()).isEqualTo(KEY.md5());
    assertThat(put.eTag()).isNotEqualTo(tag(body));

    assertThat(readWith(KEY, "k")).isEqualTo(body);
    refused(403, "AccessDenied", () -> readWith(OTHER, "k"));
    S3Exception without = refused(400, "InvalidRequest", () -> read("k", null));
    assertThat(without.awsErrorDetails().errorMessage())
        .startsWith("The object was stored using a form of Server Side Encryption.");
    refused(400, "", () -> s3.headObject(r -> r.bucket(bucket).key("k")));
    put("plain", "text");
    refused(400, "InvalidRequest", () -> readWith(KEY, "plain"));
  }

  @Test
  void aKeyOfKms() {
    byte[] body = random(200_000);
    PutObjectResponse put =
        s3.putObject(
            r ->
                r.bucket(bucket)
                    .key("k")
                    .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                    .ssekmsKeyId("alias/it")
                    .ssekmsEncryptionContext("eyJhIjoiYiJ9")
                    .bucketKeyEnabled(true),
            RequestBody.fromBytes(body));
    assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(put.ssekmsKeyId()).isEqualTo("it-key");
    assertThat(put.bucketKeyEnabled()).isTrue();
    assertThat(put.eTag()).isNotEqualTo(tag(body));
    assertThat(read("k", null)).isEqualTo(body);

    refused(
        400,
        "KMS.NotFoundException",
        () ->
            s3.putObject(
                r ->
                    r.bucket(bucket)
                        .key("k")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId("nobody"),
                RequestBody.fromString("x")));
    refused(
        501,
        "NotImplemented",
        () ->
            s3.putObject(
                r ->
                    r.bucket(bucket)
                        .key("k")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS_DSSE),
                RequestBody.fromString("x")));
  }

  @Test
  void copiesBetweenKeys() {
    byte[] body = random(400_000);
    s3.putObject(r -> r.bucket(bucket).key("plain"), RequestBody.fromBytes(body));
    CopyObjectResponse sealed =
        s3.copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey("plain")
                    .destinationBucket(bucket)
                    .destinationKey("plain")
                    .serverSideEncryption(ServerSideEncryption.AES256));
    assertThat(sealed.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    assertThat(read("plain", null)).isEqualTo(body);
    s3.copyObject(
        r ->
            r.sourceBucket(bucket)
                .sourceKey("plain")
                .destinationBucket(bucket)
                .destinationKey("customer")
                .sseCustomerAlgorithm(AES256)
                .sseCustomerKey(KEY.base64())
                .sseCustomerKeyMD5(KEY.md5()));
    assertThat(readWith(KEY, "customer")).isEqualTo(body);
    CopyObjectResponse bare =
        s3.copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey("customer")
                    .destinationBucket(bucket)
                    .destinationKey("bare")
                    .copySourceSSECustomerAlgorithm(AES256)
                    .copySourceSSECustomerKey(KEY.base64())
                    .copySourceSSECustomerKeyMD5(KEY.md5()));
    assertThat(bare.copyObjectResult().eTag()).isEqualTo(tag(body));
    assertThat(read("bare", null)).isEqualTo(body);
  }

  @Test
  void uploadsInPartsWithAClientsKey() {
    byte[] first = random(PART_BYTES);
    byte[] last = random(1000);
    CreateMultipartUploadResponse upload =
        s3.createMultipartUpload(
            r ->
                r.bucket(bucket)
                    .key("k")
                    .sseCustomerAlgorithm(AES256)
                    .sseCustomerKey(KEY.base64())
                    .sseCustomerKeyMD5(KEY.md5()));
    CompletedPart one = part(upload.uploadId(), 1, first, KEY);
    refused(400, "InvalidRequest", () -> part(upload.uploadId(), 2, last, OTHER));
    CompletedPart two = part(upload.uploadId(), 2, last, KEY);
    s3.completeMultipartUpload(
        r ->
            r.bucket(bucket)
                .key("k")
                .uploadId(upload.uploadId())
                .multipartUpload(parts -> parts.parts(List.of(one, two))));

    byte[] body = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, body, first.length, last.length);
    assertThat(readWith(KEY, "k")).isEqualTo(body);
  }

  private CompletedPart part(String uploadId, int number, byte[] body, Key key) {
    UploadPartResponse response =
        s3.uploadPart(
            r ->
                r.bucket(bucket)
                    .key("k")
                    .uploadId(uploadId)
                    .partNumber(number)
                    .sseCustomerAlgorithm(AES256)
                    .sseCustomerKey(key.base64())
                    .sseCustomerKeyMD5(key.md5()),
            RequestBody.fromBytes(body));
    assertThat(response.sseCustomerKeyMD5()).isEqualTo(key.md5());
    return CompletedPart.builder().partNumber(number).eTag(response.eTag()).build();
  }

  @Test
  void aBucketsDefault() {
    refused(
        404,
        "ServerSideEncryptionConfigurationNotFoundError",
        () -> s3.getBucketEncryption(r -> r.bucket(bucket)));
    ServerSideEncryptionByDefault byDefault =
        ServerSideEncryptionByDefault.builder()
            .sseAlgorithm(ServerSideEncryption.AWS_KMS)
            .kmsMasterKeyID("other-key")
            .build();
    ServerSideEncryptionRule rule =
        ServerSideEncryptionRule.builder().applyServerSideEncryptionByDefault(byDefault).build();
    s3.putBucketEncryption(
        r -> r.bucket(bucket).serverSideEncryptionConfiguration(c -> c.rules(List.of(rule))));
    assertThat(
            s3.getBucketEncryption(r -> r.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .get(0)
                .applyServerSideEncryptionByDefault())
        .isEqualTo(byDefault);
    put("k", "by default");
    assertThat(get("k")).isEqualTo("by default");
    assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).ssekmsKeyId()).isEqualTo("other-key");

    s3.deleteBucketEncryption(r -> r.bucket(bucket));
    put("k", "bare");
    assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).serverSideEncryption()).isNull();
  }
}
