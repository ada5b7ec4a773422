package io.sluice.it.harness;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A test class that runs on every container, with a new bucket for each of its tests. */
@GatewayTest
public abstract class GatewayCase {
  private static final AtomicLong COUNTER = new AtomicLong(System.currentTimeMillis());

  /** The server under test. */
  @Parameter protected Gateway gateway;

  /** A client of the server, signed as {@link Account#TESTER}. */
  protected S3Client s3;

  /** A bucket that nobody else uses. */
  protected String bucket;

  @BeforeEach
  final void createBucket() {
    s3 = SdkClients.sync(gateway);
    bucket = newBucketName();
    s3.createBucket(request -> request.bucket(bucket));
  }

  @AfterEach
  final void closeClient() {
    s3.close();
  }

  /** A name that no bucket has. */
  protected static String newBucketName() {
    return "it-" + Long.toString(COUNTER.incrementAndGet(), 36).toLowerCase(Locale.ROOT);
  }

  /** Stores a text. */
  protected final void put(String key, String text) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  /** The object's text. */
  protected final String get(String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
  }
}
