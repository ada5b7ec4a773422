package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ETag;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.Capability;
import io.sluice.storage.ContentSink;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** A fresh back end with one bucket for each test, and the words that tests are written in. */
public abstract class ContractFixture {
  /** The account that writes. */
  protected static final String OWNER = "owner";

  /** The least size of a part, small so that tests are. */
  protected static final long MIN_PART_SIZE = 10;

  /** A body that no store keeps inline. */
  protected static final int LARGE = 300_000;

  protected final BucketName bucket = new BucketName("contract");
  protected Storage storage;

  /** What a key may hold: S3's 1,024 bytes, unless the back end takes some of them. */
  protected int longestKeyBytes() {
    return 1024;
  }

  /** Opens an empty back end whose least part size is {@link #MIN_PART_SIZE}. */
  protected abstract Storage open() throws IOException;

  @BeforeEach
  final void openWithBucket() throws IOException {
    storage = open();
    create(bucket);
  }

  @AfterEach
  final void close() throws IOException {
    storage.close();
  }

  /** Skips a test of what not every back end can do. */
  protected void needs(Capability capability) {
    Assumptions.assumeTrue(storage.capabilities().contains(capability), capability.name());
  }

  /** Whether two answers tell the same object, as far as this back end tells. */
  protected void assertSame(ObjectInfo actual, ObjectInfo expected) {
    if (storage.capabilities().contains(Capability.EXACT_INFORMATION)) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual.key()).isEqualTo(expected.key());
      assertThat(actual.sizeBytes()).isEqualTo(expected.sizeBytes());
      assertThat(actual.etag()).isEqualTo(expected.etag());
      assertThat(actual.partCount()).isEqualTo(expected.partCount());
      assertThat(actual.metadata().user()).isEqualTo(expected.metadata().user());
    }
  }

  /** The same for parts. */
  protected void assertSameParts(List<PartInfo> actual, PartInfo... expected) {
    if (storage.capabilities().contains(Capability.EXACT_INFORMATION)) {
      assertThat(actual).containsExactly(expected);
    } else {
      assertThat(actual.stream().map(part -> part.partNumber() + ":" + part.sizeBytes()))
          .isEqualTo(
              Arrays.stream(expected)
                  .map(part -> part.partNumber() + ":" + part.sizeBytes())
                  .toList());
    }
  }

  protected void create(BucketName name) throws IOException {
    storage.buckets().create(info(name, OWNER));
  }

  protected static BucketInfo info(BucketName name, String owner) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new BucketInfo(name, now, "us-east-1", owner, Versioning.UNVERSIONED, "ais");
  }

  protected void versioning(Versioning state) throws IOException {
    storage.buckets().setVersioning(bucket, state);
  }

  protected ObjectRef ref(String key) {
    return ObjectRef.of(bucket, new ObjectKey(key));
  }

  protected ObjectRef ref(String key, @Nullable String versionId) {
    return ref(key).atVersion(versionId);
  }

  protected static WriteOptions write(Preconditions conditions) {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), conditions, OWNER);
  }

  protected static WriteOptions write() {
    return write(Preconditions.NONE);
  }

  protected static DeleteOptions deletion() {
    return new DeleteOptions(Preconditions.NONE, OWNER, VersionGuard.NONE);
  }

  protected static Preconditions ifMatch(String tag) {
    return new Preconditions(List.of(new ETag(tag)), null, null, null, null, null);
  }

  protected static Preconditions ifNoneMatch(String tag) {
    return new Preconditions(null, List.of(new ETag(tag)), null, null, null, null);
  }

  protected ObjectInfo put(String key, String body) throws IOException {
    return storage.objects().put(ref(key), write(), BytesPayload.of(body));
  }

  protected ObjectInfo put(String key, byte[] body) throws IOException {
    return storage.objects().put(ref(key), write(), BytesPayload.of(body));
  }

  protected void putAll(String... keys) throws IOException {
    for (String key : keys) {
      put(key, "body of " + key);
    }
  }

  protected DeleteResult delete(String key) throws IOException {
    return storage.objects().delete(ref(key), deletion());
  }

  protected DeleteResult delete(String key, @Nullable String versionId) throws IOException {
    return storage.objects().delete(ref(key, versionId), deletion());
  }

  protected ObjectInfo head(String key) throws IOException {
    return storage.objects().head(ref(key), ReadOptions.ALL);
  }

  protected byte[] read(ObjectRef ref, ReadOptions options) throws IOException {
    Collected collected = new Collected();
    try (ObjectContent content = storage.objects().get(ref, options)) {
      content.transferTo(collected);
    }
    return collected.bytes.toByteArray();
  }

  protected String text(String key) throws IOException {
    return text(key, null);
  }

  protected String text(String key, @Nullable String versionId) throws IOException {
    return new String(read(ref(key, versionId), ReadOptions.ALL), StandardCharsets.UTF_8);
  }

  protected Listing list(
      String prefix, @Nullable String delimiter, @Nullable String after, int limit)
      throws IOException {
    return storage.objects().list(bucket, new ListQuery(prefix, delimiter, after, limit));
  }

  protected static List<String> keys(Listing listing) {
    return listing.objects().stream().map(object -> object.key().value()).toList();
  }

  protected UploadRef upload(String key, String id) {
    return new UploadRef(bucket, new ObjectKey(key), id);
  }

  protected static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  protected static S3Exception fails(S3ErrorCode code, ThrowingCallable action) {
    S3Exception[] thrown = new S3Exception[1];
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              thrown[0] = e;
              org.assertj.core.api.Assertions.assertThat(e.code()).isEqualTo(code);
            });
    return thrown[0];
  }

  /** A sink that keeps what it gets. */
  public static final class Collected implements ContentSink {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** What came. */
    public byte[] toBytes() {
      return bytes.toByteArray();
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes.write(source, offset, length);
    }

    @Override
    public void write(ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      bytes.writeBytes(copy);
    }
  }
}
