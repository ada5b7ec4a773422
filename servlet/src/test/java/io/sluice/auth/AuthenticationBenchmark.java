package io.sluice.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Checking signatures, and decoding and checking the bodies that they cover (1 MiB each). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AuthenticationBenchmark {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int CHUNKS = 16;

  private final TestClient client = new TestClient();
  private final Authenticator authenticator = AuthFixture.authenticator(AuthFixture.settings());
  private final TestRequest header = client.sign(TestRequest.of("GET", "/bucket/some/key"));
  private final TestRequest presigned = client.presign("GET", "/bucket/some/key", 3600);
  private final TestRequest plain =
      client.sign(TestRequest.of("PUT", "/bucket/key").body(new byte[CHUNKS * CHUNK_BYTES]));
  private final TestRequest chunked = client.signedChunks(chunks(), null);
  private final TestRequest unsigned =
      client.unsignedChunks(chunks(), "x-amz-checksum-crc32:p9TZgg==");

  private static List<byte[]> chunks() {
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      chunks.add(new byte[CHUNK_BYTES]);
    }
    return chunks;
  }

  @Benchmark
  public Authenticated signatureInHeader() {
    return authenticator.authenticate(header);
  }

  @Benchmark
  public Authenticated signatureInQuery() {
    return authenticator.authenticate(presigned);
  }

  @Benchmark
  public long bodyWithItsDigestSigned() throws IOException {
    return drain(plain);
  }

  @Benchmark
  public long bodyInSignedChunks() throws IOException {
    return drain(chunked);
  }

  /** The trailer does not hold, which is found at the very end. */
  @Benchmark
  public long bodyInUnsignedChunksWithTrailer() throws IOException {
    try {
      return drain(unsigned);
    } catch (io.sluice.error.S3Exception mismatch) {
      return 0;
    }
  }

  private long drain(TestRequest request) throws IOException {
    InputStream raw = new ByteArrayInputStream(request.bytes());
    byte[] buffer = new byte[CHUNK_BYTES];
    long total = 0;
    try (InputStream in = authenticator.authenticate(request).body(() -> raw).stream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        total += count;
      }
    }
    return total;
  }
}
