package io.sluice.cli.object;

import io.sluice.cli.BucketUri;
import io.sluice.cli.Session;
import io.sluice.cli.text.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Writes one object: at once when it is small, in parts when it is large. Confined to one use. */
final class Upload {
  /** Above it a file goes in parts. */
  private static final long LARGE_BYTES = 256L << 20;

  private static final int PART_BYTES = 32 << 20;

  /** AWS: the most parts of an upload. */
  private static final int MAX_PARTS = 10_000;

  private final Session session;
  private final BucketUri target;

  Upload(Session session, BucketUri target) {
    this.session = session;
    this.target = target;
  }

  void putFile(Path file) throws IOException {
    long size = Files.size(file);
    try (Progress progress = session.progress(file.getFileName().toString(), size);
        InputStream in = progress.counting(new BufferedInputStream(Files.newInputStream(file)))) {
      if (Files.isRegularFile(file) && size <= LARGE_BYTES) {
        String type = Files.probeContentType(file);
        session
            .s3()
            .putObject(
                request -> request.bucket(target.bucket()).key(target.key()).contentType(type),
                RequestBody.fromInputStream(in, size));
      } else {
        int partBytes =
            (int) Math.min(Integer.MAX_VALUE - 8, Math.max(PART_BYTES, size / MAX_PARTS + 1));
        putParts(in, partBytes);
      }
    }
  }

  /** Whose length nobody knows. */
  void putStream(InputStream in) throws IOException {
    try (Progress progress = session.progress(target.key(), 0)) {
      InputStream counted = progress.counting(in);
      byte[] first = counted.readNBytes(PART_BYTES);
      if (first.length < PART_BYTES) {
        session
            .s3()
            .putObject(
                request -> request.bucket(target.bucket()).key(target.key()),
                RequestBody.fromBytes(first));
      } else {
        putParts(
            new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(first), counted),
            PART_BYTES);
      }
    }
  }

  private void putParts(InputStream in, int partBytes) throws IOException {
    S3Client s3 = session.s3();
    String id =
        s3.createMultipartUpload(r -> r.bucket(target.bucket()).key(target.key())).uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      byte[] buffer = in.readNBytes(partBytes);
      while (buffer.length > 0 || parts.isEmpty()) {
        int number = parts.size() + 1;
        byte[] body = buffer;
        String tag =
            s3.uploadPart(
                    r ->
                        r.bucket(target.bucket()).key(target.key()).uploadId(id).partNumber(number),
                    RequestBody.fromBytes(body))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        buffer = in.readNBytes(partBytes);
      }
      s3.completeMultipartUpload(
          r ->
              r.bucket(target.bucket())
                  .key(target.key())
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(parts)));
    } catch (IOException | RuntimeException e) {
      try {
        s3.abortMultipartUpload(r -> r.bucket(target.bucket()).key(target.key()).uploadId(id));
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }
}
