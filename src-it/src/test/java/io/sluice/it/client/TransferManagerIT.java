package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.SdkClients;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.CompletedDirectoryUpload;

/** The transfer manager of AWS's SDK for Java 2, over its client in C: files and whole trees. */
class TransferManagerIT extends ClientCase {
  @Test
  void filesAndTrees() throws Exception {
    try (S3AsyncClient s3 = SdkClients.crt(gateway);
        S3TransferManager transfers = S3TransferManager.builder().s3Client(s3).build()) {
      Path large = file("large", 40 << 20);
      transfers
          .uploadFile(upload -> upload.source(large).putObjectRequest(put -> to(put, "large")))
          .completionFuture()
          .join();
      Path back = directory.resolve("back");
      transfers
          .downloadFile(
              download ->
                  download
                      .destination(back)
                      .getObjectRequest(get -> get.bucket(bucket).key("large")))
          .completionFuture()
          .join();
      assertThat(back).hasSameBinaryContentAs(large);

      Path tree = Files.createDirectories(directory.resolve("tree/a b/ü"));
      for (int i = 0; i < 30; i++) {
        Files.writeString(tree.resolve("file " + i), "content " + i);
      }
      CompletedDirectoryUpload uploaded =
          transfers
              .uploadDirectory(
                  upload -> upload.source(directory.resolve("tree")).bucket(bucket).s3Prefix("t"))
              .completionFuture()
              .join();
      assertThat(uploaded.failedTransfers()).isEmpty();
      Path copy = directory.resolve("copy");
      assertThat(
              transfers
                  .downloadDirectory(
                      download ->
                          download
                              .destination(copy)
                              .bucket(bucket)
                              .listObjectsV2RequestTransformer(list -> list.prefix("t/")))
                  .completionFuture()
                  .join()
                  .failedTransfers())
          .isEmpty();
      assertThat(copy.resolve("a b/ü/file 7")).hasContent("content 7");
    }
  }

  private void to(
      software.amazon.awssdk.services.s3.model.PutObjectRequest.Builder put, String key) {
    put.bucket(bucket).key(key);
  }
}
