package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture.Collected;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Random mutations, done to the local store and to the model in memory, look alike afterwards. */
class LocalModelTest {
  private static final BucketName BUCKET = new BucketName("model");
  private static final int RUNS = 40;
  private static final int STEPS = 300;

  /** Durability is not at stake here. */
  private static final Map<String, String> SETTINGS =
      Map.of("durability", "relaxed", "min-part-size", "10");

  private static final List<String> KEYS =
      List.of("a", "a/b", "a/b/c", "a/c", "b", "b/", "b//", "\u00e9/1", "\ud83d\ude00", "z");

  /** One store under test, with the names that its own version ids go by. */
  private static final class Side {
    final Storage storage;
    final Map<String, String> names = new HashMap<>();
    final List<String> ids = new ArrayList<>();

    Side(Storage storage) throws IOException {
      this.storage = storage;
      storage
          .buckets()
          .create(new BucketInfo(BUCKET, Instant.EPOCH, "", "o", Versioning.UNVERSIONED, ""));
    }

    @Nullable String name(@Nullable String id) {
      if (id == null || id.equals("null")) {
        return id;
      }
      return names.computeIfAbsent(
          id,
          unknown -> {
            ids.add(unknown);
            return "v" + ids.size();
          });
    }

    @Nullable String id(int choice) {
      int at = choice % (ids.size() + 2);
      return at == 0 ? null : at == 1 ? "null" : ids.get(at - 2);
    }

    String describe(ObjectInfo info) {
      return info.key()
          + " "
          + name(info.version().id())
          + (info.version().latest() ? " latest" : "")
          + (info.version().deleteMarker() ? " marker " : " ")
          + info.sizeBytes()
          + " "
          + info.etag()
          + " "
          + info.metadata()
          + " "
          + info.partCount();
    }
  }

  /** Something done to either side; tells what came of it. */
  private interface Step {
    String on(Side side) throws IOException;
  }

  @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
  void bothLookAlike(@ForAll long seed) throws IOException {
    Path directory = Files.createTempDirectory("model");
    try (Storage local = LocalFixture.open(directory, SETTINGS);
        Storage memory = new MemoryStorage(10)) {
      Side one = new Side(local);
      Side two = new Side(memory);
      Random random = new Random(seed);
      for (int i = 0; i < STEPS; i++) {
        Step step = step(random);
        assertThat(outcome(one, step)).isEqualTo(outcome(two, step));
      }
      for (int i = 0; i < 20; i++) {
        Step look = look(random);
        assertThat(outcome(one, look)).isEqualTo(outcome(two, look));
      }
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String outcome(Side side, Step step) throws IOException {
    try {
      return step.on(side);
    } catch (S3Exception e) {
      return e.code() + " " + side.name(e.headers().get("x-amz-version-id"));
    }
  }

  private static ObjectRef ref(String key, @Nullable String versionId) {
    return new ObjectRef(BUCKET, new ObjectKey(key), versionId);
  }

  private static String key(Random random) {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private static Preconditions conditions(Random random, byte[] body) {
    return switch (random.nextInt(8)) {
      case 0 -> new Preconditions(null, List.of(Preconditions.ANY), null, null, null, null);
      case 1 ->
          new Preconditions(
              List.of(new ETag(BytesPayload.md5Hex(body))), null, null, null, null, null);
      case 2 -> new Preconditions(null, null, null, null, null, (long) body.length);
      default -> Preconditions.NONE;
    };
  }

  private static byte[] body(Random random) {
    int[] sizes = {0, 1, 20, 32_768, 32_769, 140_000};
    byte[] bytes = new byte[sizes[random.nextInt(sizes.length)]];
    java.util.Arrays.fill(bytes, (byte) random.nextInt(3));
    return bytes;
  }

  private static Step step(Random random) {
    String key = key(random);
    byte[] body = body(random);
    Preconditions conditions = conditions(random, body);
    int version = random.nextInt(1000);
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> put(key, body, conditions);
      case 3 -> remove(key, 0, conditions);
      case 4, 5 -> remove(key, version, Preconditions.NONE);
      case 6 -> copy(key, version, key(random), conditions);
      case 7 -> multipart(key, List.of(body(random), body, body(random)), conditions);
      case 8 -> versioning(random.nextInt(3));
      case 9 ->
          side -> {
            ObjectRef ref = ref(key, side.id(version));
            return side.describe(side.storage.objects().putDocument(ref, "d", body));
          };
      case 10 ->
          side -> {
            ObjectRef ref = ref(key, side.id(version));
            return side.describe(side.storage.objects().deleteDocument(ref, "d"));
          };
      default -> look(random);
    };
  }

  private static Step put(String key, byte[] body, Preconditions conditions) {
    ObjectMetadata metadata = new ObjectMetadata(Map.of(), Map.of("size", "" + body.length));
    WriteOptions options = new WriteOptions(metadata, Map.of("d", new byte[] {7}), conditions, "o");
    return side ->
        side.describe(side.storage.objects().put(ref(key, null), options, BytesPayload.of(body)));
  }

  private static Step remove(String key, int version, Preconditions conditions) {
    return side -> {
      DeleteResult result =
          side.storage
              .objects()
              .delete(
                  ref(key, side.id(version)),
                  new DeleteOptions(conditions, "o", VersionGuard.NONE));
      return side.name(result.versionId()) + " " + side.name(result.deleteMarkerVersionId());
    };
  }

  private static Step copy(String from, int version, String to, Preconditions conditions) {
    CopyOptions options =
        new CopyOptions(Preconditions.NONE, null, Set.of("d"), Map.of(), conditions, "o", null);
    return side ->
        side.describe(
            side.storage.objects().copy(ref(from, side.id(version)), ref(to, null), options));
  }

  private static Step multipart(String key, List<byte[]> bodies, Preconditions conditions) {
    WriteOptions object = new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
    return side -> {
      var uploads = side.storage.uploads();
      String id = uploads.create(ref(key, null), new UploadOptions(object, null, null)).uploadId();
      UploadRef upload = new UploadRef(BUCKET, new ObjectKey(key), id);
      List<CompleteOptions.CompletedPart> listed = new ArrayList<>();
      for (byte[] body : bodies) {
        PartInfo part = uploads.uploadPart(upload, listed.size() + 1, BytesPayload.of(body));
        listed.add(new CompleteOptions.CompletedPart(part.partNumber(), part.etag(), List.of()));
      }
      return side.describe(
          uploads.complete(upload, new CompleteOptions(listed, conditions, null, null)));
    };
  }

  private static Step versioning(int choice) {
    return side -> {
      boolean ever = side.storage.buckets().head(BUCKET).versioning() != Versioning.UNVERSIONED;
      if (ever || choice == 0) {
        side.storage
            .buckets()
            .setVersioning(BUCKET, choice == 1 ? Versioning.SUSPENDED : Versioning.ENABLED);
      }
      return side.storage.buckets().head(BUCKET).versioning().name();
    };
  }

  private static Step look(Random random) {
    String key = key(random);
    int version = random.nextInt(1000);
    String prefix = random.nextBoolean() ? "" : key.substring(0, key.offsetByCodePoints(0, 1));
    String delimiter = random.nextInt(3) == 0 ? null : random.nextBoolean() ? "/" : "/b";
    int limit = 1 + random.nextInt(6);
    return switch (random.nextInt(4)) {
      case 0 -> side -> read(side, ref(key, side.id(version)));
      case 1 -> side -> pages(side, prefix, delimiter, limit);
      case 2 -> side -> versions(side, prefix, delimiter, limit);
      default ->
          side ->
              side.storage
                  .objects()
                  .document(ref(key, side.id(version)), "d")
                  .map(document -> "" + document.length)
                  .orElse("none");
    };
  }

  private static String read(Side side, ObjectRef ref) throws IOException {
    Collected collected = new Collected();
    try (ObjectContent content = side.storage.objects().get(ref, ReadOptions.ALL)) {
      content.transferTo(collected);
      return side.describe(content.info()) + BytesPayload.md5Hex(collected.toBytes());
    }
  }

  private static String pages(Side side, String prefix, @Nullable String delimiter, int limit)
      throws IOException {
    StringBuilder all = new StringBuilder();
    String after = null;
    do {
      Listing page =
          side.storage.objects().list(BUCKET, new ListQuery(prefix, delimiter, after, limit));
      page.objects().forEach(info -> all.append(side.describe(info)).append('\n'));
      after = page.next();
      all.append(page.commonPrefixes()).append(after).append('\n');
    } while (after != null);
    return all.toString();
  }

  private static String versions(Side side, String prefix, @Nullable String delimiter, int limit)
      throws IOException {
    StringBuilder all = new StringBuilder();
    String key = null;
    String id = null;
    do {
      VersionListing page =
          side.storage
              .objects()
              .listVersions(BUCKET, new VersionQuery(prefix, delimiter, key, id, limit));
      page.versions().forEach(info -> all.append(side.describe(info)).append('\n'));
      key = page.nextKeyMarker();
      id = page.nextVersionIdMarker();
      all.append(page.commonPrefixes()).append(key).append(side.name(id)).append('\n');
    } while (key != null);
    return all.toString();
  }
}
