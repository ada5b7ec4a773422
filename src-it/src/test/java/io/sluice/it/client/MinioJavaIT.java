package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minio.BucketExistsArgs;
import io.minio.ComposeObjectArgs;
import io.minio.ComposeSource;
import io.minio.CopyObjectArgs;
import io.minio.CopySource;
import io.minio.Directive;
import io.minio.DisableObjectLegalHoldArgs;
import io.minio.EnableObjectLegalHoldArgs;
import io.minio.GetBucketLifecycleArgs;
import io.minio.GetBucketPolicyArgs;
import io.minio.GetBucketTagsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.GetObjectRetentionArgs;
import io.minio.GetObjectTagsArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.IsObjectLegalHoldEnabledArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PostPolicy;
import io.minio.PutObjectArgs;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.ServerSideEncryptionCustomerKey;
import io.minio.ServerSideEncryptionS3;
import io.minio.SetBucketPolicyArgs;
import io.minio.SetBucketTagsArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.SetObjectLockConfigurationArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.SetObjectTagsArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.http.Method;
import io.minio.messages.DeleteError;
import io.minio.messages.DeleteObject;
import io.minio.messages.Item;
import io.minio.messages.ObjectLockConfiguration;
import io.minio.messages.Retention;
import io.minio.messages.RetentionDurationDays;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;
import io.sluice.it.harness.Account;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.KeyGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MinIO's client for Java, which knows no prefix. */
class MinioJavaIT extends ClientCase {
  private static final int PART_BYTES = 5 << 20;

  private MinioClient client;

  @BeforeEach
  void connect() throws Exception {
    client =
        MinioClient.builder()
            .endpoint(gateway.root().toString())
            .credentials(Account.TESTER.accessKey(), Account.TESTER.secretKey())
            .build();
    if (overTls()) {
      client.ignoreCertCheck();
    }
  }

  private ObjectWriteResponse put(String key, byte[] content) throws Exception {
    return client.putObject(
        PutObjectArgs.builder().bucket(bucket).object(key).stream(
                new ByteArrayInputStream(content), content.length, -1)
            .build());
  }

  private byte[] read(String key) throws Exception {
    try (InputStream stream =
        client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
      return stream.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private StatObjectResponse stat(String key) throws Exception {
    return client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
  }

  @Test
  void objects() throws Exception {
    assertThat(client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())).isTrue();
    assertThat(client.bucketExists(BucketExistsArgs.builder().bucket(bucket + "-no").build()))
        .isFalse();
    assertThat(client.listBuckets()).anyMatch(one -> one.name().equals(bucket));
    byte[] large = new byte[2 * PART_BYTES + 3];
    new Random(1).nextBytes(large);
    client.putObject(
        PutObjectArgs.builder().bucket(bucket).object("large ü").stream(
                new ByteArrayInputStream(large), -1, PART_BYTES)
            .userMetadata(Map.of("color", "blue"))
            .tags(Map.of("a", "b"))
            .contentType("image/png")
            .build());
    assertThat(read("large ü")).isEqualTo(large);
    StatObjectResponse stat = stat("large ü");
    assertThat(stat.size()).isEqualTo(large.length);
    assertThat(stat.userMetadata()).containsEntry("color", "blue");
    assertThat(stat.contentType()).isEqualTo("image/png");
    client.composeObject(
        ComposeObjectArgs.builder()
            .bucket(bucket)
            .object("composed")
            .sources(
                List.of(
                    ComposeSource.builder().bucket(bucket).object("large ü").build(),
                    ComposeSource.builder()
                        .bucket(bucket)
                        .object("large ü")
                        .offset(0L)
                        .length(5L)
                        .build()))
            .build());
    assertThat(stat("composed").size()).isEqualTo(large.length + 5);
    client.copyObject(
        CopyObjectArgs.builder()
            .bucket(bucket)
            .object("copy")
            .source(CopySource.builder().bucket(bucket).object("large ü").build())
            .metadataDirective(Directive.REPLACE)
            .userMetadata(Map.of("color", "red"))
            .build());
    assertThat(stat("copy").userMetadata()).containsEntry("color", "red");
    ErrorResponseException missing =
        catchThrowableOfType(ErrorResponseException.class, () -> stat("none"));
    assertThat(missing.errorResponse().code()).isEqualTo("NoSuchKey");
    assertThat(missing.errorResponse().objectName()).isEqualTo("none");
  }

  @Test
  void listingsAndDeletes() throws Exception {
    for (String key : List.of("a/1", "a/2", "b&<c>", "d e+%")) {
      put(key, bytes(key));
    }
    assertThat(list(false)).containsExactlyInAnyOrder("a/", "b&<c>", "d e+%");
    assertThat(list(true)).containsExactly("a/1", "a/2", "b&<c>", "d e+%");
    List<DeleteObject> all = list(true).stream().map(DeleteObject::new).toList();
    for (Result<DeleteError> error :
        client.removeObjects(RemoveObjectsArgs.builder().bucket(bucket).objects(all).build())) {
      throw new AssertionError(error.get().message());
    }
    assertThat(list(true)).isEmpty();
  }

  private List<String> list(boolean recursive) throws Exception {
    List<String> keys = new ArrayList<>();
    for (Result<Item> item :
        client.listObjects(
            ListObjectsArgs.builder().bucket(bucket).recursive(recursive).maxKeys(2).build())) {
      keys.add(item.get().objectName());
    }
    return keys;
  }

  @Test
  void presignedAndForms() throws Exception {
    String url =
        client.getPresignedObjectUrl(
            GetPresignedObjectUrlArgs.builder()
                .method(Method.PUT)
                .bucket(bucket)
                .object("p 1")
                .expiry(60)
                .build());
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest upload =
        HttpRequest.newBuilder(URI.create(url))
            .PUT(HttpRequest.BodyPublishers.ofString("presigned"))
            .build();
    assertThat(http.send(upload, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(read("p 1")).asString().isEqualTo("presigned");
    PostPolicy policy = new PostPolicy(bucket, ZonedDateTime.now().plusMinutes(5));
    policy.addEqualsCondition("key", "form");
    policy.addContentLengthRangeCondition(1, 1000);
    Map<String, String> fields = client.getPresignedPostFormData(policy);
    assertThat(fields).containsKeys("policy", "x-amz-signature");
  }

  @Test
  void configurations() throws Exception {
    client.setBucketTags(SetBucketTagsArgs.builder().bucket(bucket).tags(Map.of("t", "1")).build());
    assertThat(client.getBucketTags(GetBucketTagsArgs.builder().bucket(bucket).build()).get())
        .containsEntry("t", "1");
    put("k", bytes("x"));
    client.setObjectTags(
        SetObjectTagsArgs.builder().bucket(bucket).object("k").tags(Map.of("o", "2")).build());
    assertThat(
            client
                .getObjectTags(GetObjectTagsArgs.builder().bucket(bucket).object("k").build())
                .get())
        .containsEntry("o", "2");
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},\
        "Action":["s3:GetObject"],"Resource":["arn:aws:s3:::%s/public/*"]}]}"""
            .formatted(bucket);
    client.setBucketPolicy(SetBucketPolicyArgs.builder().bucket(bucket).config(policy).build());
    assertThat(client.getBucketPolicy(GetBucketPolicyArgs.builder().bucket(bucket).build()))
        .contains("public/*");
    assertThat(client.getBucketLifecycle(GetBucketLifecycleArgs.builder().bucket(bucket).build()))
        .isNull();
  }

  @Test
  void versionsAndLocks() throws Exception {
    String locked = bucket + "-lock";
    client.makeBucket(MakeBucketArgs.builder().bucket(locked).objectLock(true).build());
    assertThat(
            client
                .getBucketVersioning(GetBucketVersioningArgs.builder().bucket(locked).build())
                .status())
        .isEqualTo(VersioningConfiguration.Status.ENABLED);
    client.setBucketVersioning(
        SetBucketVersioningArgs.builder()
            .bucket(bucket)
            .config(new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null))
            .build());
    client.setObjectLockConfiguration(
        SetObjectLockConfigurationArgs.builder()
            .bucket(locked)
            .config(
                new ObjectLockConfiguration(RetentionMode.GOVERNANCE, new RetentionDurationDays(1)))
            .build());
    assertThat(
            client
                .getObjectLockConfiguration(
                    GetObjectLockConfigurationArgs.builder().bucket(locked).build())
                .mode())
        .isEqualTo(RetentionMode.GOVERNANCE);
    ZonedDateTime until = ZonedDateTime.now().plusDays(2).withNano(0);
    String version =
        client
            .putObject(
                PutObjectArgs.builder().bucket(locked).object("k").stream(
                        new ByteArrayInputStream(bytes("x")), 1, -1)
                    .retention(new Retention(RetentionMode.GOVERNANCE, until))
                    .legalHold(true)
                    .build())
            .versionId();
    client.disableObjectLegalHold(
        DisableObjectLegalHoldArgs.builder().bucket(locked).object("k").build());
    assertThat(held(locked)).isFalse();
    client.enableObjectLegalHold(
        EnableObjectLegalHoldArgs.builder().bucket(locked).object("k").build());
    assertThat(held(locked)).isTrue();
    client.disableObjectLegalHold(
        DisableObjectLegalHoldArgs.builder().bucket(locked).object("k").build());
    client.setObjectRetention(
        SetObjectRetentionArgs.builder()
            .bucket(locked)
            .object("k")
            .config(new Retention(RetentionMode.GOVERNANCE, until.plusDays(1)))
            .build());
    assertThat(
            client
                .getObjectRetention(
                    GetObjectRetentionArgs.builder().bucket(locked).object("k").build())
                .retainUntilDate()
                .toInstant())
        .isEqualTo(until.plusDays(1).toInstant());
    client.removeObject(
        RemoveObjectArgs.builder()
            .bucket(locked)
            .object("k")
            .versionId(version)
            .bypassGovernanceMode(true)
            .build());
    client.removeBucket(RemoveBucketArgs.builder().bucket(locked).build());
  }

  private boolean held(String locked) throws Exception {
    return client.isObjectLegalHoldEnabled(
        IsObjectLegalHoldEnabledArgs.builder().bucket(locked).object("k").build());
  }

  @Test
  void encrypted() throws Exception {
    client.putObject(
        PutObjectArgs.builder().bucket(bucket).object("s3").stream(
                new ByteArrayInputStream(bytes("x")), 1, -1)
            .sse(new ServerSideEncryptionS3())
            .build());
    assertThat(stat("s3").headers().get("x-amz-server-side-encryption")).isEqualTo("AES256");
    KeyGenerator generator = KeyGenerator.getInstance("AES");
    generator.init(256);
    ServerSideEncryptionCustomerKey key =
        new ServerSideEncryptionCustomerKey(generator.generateKey());
    PutObjectArgs put =
        PutObjectArgs.builder().bucket(bucket).object("c").stream(
                new ByteArrayInputStream(bytes("x")), 1, -1)
            .sse(key)
            .build();
    if (overTls()) {
      client.putObject(put);
      try (InputStream stream =
          client.getObject(GetObjectArgs.builder().bucket(bucket).object("c").ssec(key).build())) {
        assertThat(stream.readAllBytes()).asString().isEqualTo("x");
      }
    } else {
      // The client sends its keys over TLS alone.
      assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> client.putObject(put)))
          .isNotNull();
    }
  }
}
