package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Objects larger than the server's heap: {@code -Dit.large.mebibytes=} says how large. Neither side
 * ever holds one whole.
 */
class LargeObjectIT extends GatewayCase {
  private static final long MEBIBYTE = 1L << 20;
  private static final long SIZE = Long.getLong("it.large.mebibytes", 64) * MEBIBYTE;
  private static final long SINGLE_LIMIT = 5L << 30; // AWS: the most that one PUT may carry
  private static final long PART = Math.max(16 * MEBIBYTE, SIZE / 1000);

  @Test
  void inOnePut() throws Exception {
    long size = Math.min(SIZE, SINGLE_LIMIT);
    s3.putObject(r -> r.bucket(bucket).key("k"), body(0, size));

    assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).eTag())
        .isEqualTo('"' + md5Of(new PatternStream(0, size)) + '"');
    assertThat(md5OfObject()).isEqualTo(md5Of(new PatternStream(0, size)));
  }

  @Test
  void inParts() throws Exception {
    String id = s3.createMultipartUpload(r -> r.bucket(bucket).key("k")).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < SIZE; from += PART) {
      int number = parts.size() + 1;
      RequestBody body = body(from, Math.min(PART, SIZE - from));
      String etag =
          s3.uploadPart(r -> r.bucket(bucket).key("k").uploadId(id).partNumber(number), body)
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    s3.completeMultipartUpload(
        r -> r.bucket(bucket).key("k").uploadId(id).multipartUpload(u -> u.parts(parts)));

    assertThat(md5OfObject()).isEqualTo(md5Of(new PatternStream(0, SIZE)));
    readsAcrossAPartBoundary();
  }

  private void readsAcrossAPartBoundary() throws IOException {
    long from = PART - 10;
    byte[] part =
        s3.getObjectAsBytes(
                r -> r.bucket(bucket).key("k").range("bytes=" + from + "-" + (from + 19)))
            .asByteArray();
    assertThat(part).isEqualTo(new PatternStream(from, 20).readAllBytes());
  }

  private static RequestBody body(long from, long length) {
    ContentStreamProvider provider = () -> new PatternStream(from, length);
    return RequestBody.fromContentProvider(provider, length, "application/octet-stream");
  }

  private String md5OfObject() throws Exception {
    try (ResponseInputStream<GetObjectResponse> in = s3.getObject(r -> r.bucket(bucket).key("k"))) {
      return md5Of(in);
    }
  }

  private static String md5Of(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    try (in) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
