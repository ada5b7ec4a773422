package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.DeleteObjectsRequest;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.transfer.TransferManager;
import com.amazonaws.services.s3.transfer.TransferManagerBuilder;
import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AWS's SDK for Java 1, which Hadoop and much else still carry. */
class SdkV1IT extends ClientCase {
  private AmazonS3 s3;

  @BeforeEach
  void connect() {
    s3 =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(gateway.endpoint().toString(), Gateway.REGION))
            .withPathStyleAccessEnabled(true)
            .withCredentials(
                new AWSStaticCredentialsProvider(
                    new BasicAWSCredentials(
                        Account.TESTER.accessKey(), Account.TESTER.secretKey())))
            .build();
  }

  @AfterEach
  void disconnect() {
    s3.shutdown();
  }

  @Test
  void objects() throws Exception {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.addUserMetadata("color", "blue");
    metadata.setContentLength(5);
    try (InputStream content =
        new java.io.ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8))) {
      s3.putObject(bucket, "a b/ü+%.txt", content, metadata);
    }
    assertThat(s3.getObjectAsString(bucket, "a b/ü+%.txt")).isEqualTo("hello");
    assertThat(s3.getObjectMetadata(bucket, "a b/ü+%.txt").getUserMetaDataOf("color"))
        .isEqualTo("blue");
    GetObjectRequest range = new GetObjectRequest(bucket, "a b/ü+%.txt").withRange(1, 3);
    try (InputStream part = s3.getObject(range).getObjectContent()) {
      assertThat(part.readAllBytes()).asString().isEqualTo("ell");
    }
    s3.copyObject(bucket, "a b/ü+%.txt", bucket, "copy");
    assertThat(s3.listObjectsV2(bucket).getObjectSummaries()).hasSize(2);
    assertThat(s3.listObjects(bucket, "a").getObjectSummaries().get(0).getKey())
        .isEqualTo("a b/ü+%.txt");
    AmazonS3Exception missing =
        catchThrowableOfType(AmazonS3Exception.class, () -> s3.getObject(bucket, "none"));
    assertThat(missing.getErrorCode()).isEqualTo("NoSuchKey");
    Date soon = Date.from(Instant.now().plusSeconds(60));
    try (InputStream signed = s3.generatePresignedUrl(bucket, "copy", soon).openStream()) {
      assertThat(signed.readAllBytes()).asString().isEqualTo("hello");
    }
    s3.deleteObjects(new DeleteObjectsRequest(bucket).withKeys("a b/ü+%.txt", "copy"));
    assertThat(s3.listObjectsV2(bucket).getKeyCount()).isZero();
  }

  @Test
  void transfers() throws Exception {
    Path large = file("large", 23 << 20);
    TransferManager transfers =
        TransferManagerBuilder.standard()
            .withS3Client(s3)
            .withMultipartUploadThreshold(5L << 20)
            .withMinimumUploadPartSize(5L << 20)
            .withShutDownThreadPools(true)
            .build();
    try {
      transfers.upload(bucket, "large", large.toFile()).waitForCompletion();
      assertThat(s3.getObjectMetadata(bucket, "large").getETag()).endsWith("-5");
      File back = directory.resolve("back").toFile();
      transfers.download(bucket, "large", back).waitForCompletion();
      assertThat(back).hasSameBinaryContentAs(large.toFile());
    } finally {
      transfers.shutdownNow(false);
    }
  }
}
