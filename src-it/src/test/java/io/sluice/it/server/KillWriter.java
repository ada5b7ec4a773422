package io.sluice.it.server;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.SdkClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Writes, copies and deletes keys of its own until the server dies, and knows what each key must
 * hold then: what was acknowledged last, or what the request under way would have made of it.
 * Confined to one thread at a time.
 */
final class KillWriter {
  static final String BUCKET = "killed";
  private static final String GONE = "gone";
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final int KEYS = 12;
  private static final int PART_BYTES = 5 << 20;
  private static final int[] SIZES = {0, 1, 900, 20_000, 32_768, 32_769, 70_000, 300_000};

  private final int number;
  private final Random random;
  private final Map<String, String> acknowledged = new TreeMap<>();
  private final Map<String, String> underWay = new HashMap<>();

  /** A change: what each key will hold, and the request that makes it so. */
  private record Change(Map<String, String> after, Runnable request) {}

  KillWriter(int number, long seed) {
    this.number = number;
    this.random = new Random(seed + number);
  }

  /** Works until the server is gone. */
  void write(Gateway gateway) {
    try (S3Client s3 = SdkClients.sync(gateway, Account.TESTER)) {
      while (true) {
        Change change = next(s3);
        underWay.clear();
        underWay.putAll(change.after());
        change.request().run();
        underWay.clear();
        acknowledged.putAll(change.after());
      }
    } catch (SdkException failed) {
      awaitEnd(gateway, failed);
    }
  }

  /** A connection breaks a moment before the process is seen to be gone. */
  private static void awaitEnd(Gateway gateway, SdkException failed) {
    try {
      gateway.process().awaitExit(KILL_LIMIT);
    } catch (IllegalStateException alive) {
      failed.addSuppressed(alive);
      throw failed;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed;
    }
  }

  private Change next(S3Client s3) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> delete(s3);
      case 2 -> deleteSeveral(s3);
      case 3, 4 -> copy(s3);
      case 5 -> multipart(s3);
      default -> put(s3);
    };
  }

  private Change put(S3Client s3) {
    String key = key();
    byte[] body = bytes(SIZES[random.nextInt(SIZES.length)]);
    return new Change(
        Map.of(key, Hashes.md5(body)),
        () -> s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(body)));
  }

  private Change delete(S3Client s3) {
    String key = key();
    return new Change(Map.of(key, GONE), () -> s3.deleteObject(r -> r.bucket(BUCKET).key(key)));
  }

  private Change deleteSeveral(S3Client s3) {
    Map<String, String> after = new TreeMap<>();
    IntStream.range(0, 3).forEach(i -> after.put(key(), GONE));
    List<ObjectIdentifier> keys =
        after.keySet().stream().map(k -> ObjectIdentifier.builder().key(k).build()).toList();
    return new Change(
        after, () -> s3.deleteObjects(r -> r.bucket(BUCKET).delete(d -> d.objects(keys))));
  }

  private Change copy(S3Client s3) {
    String source = key();
    String content = acknowledged.getOrDefault(source, GONE);
    String target = key();
    if (content.equals(GONE) || source.equals(target)) {
      return put(s3);
    }
    return new Change(
        Map.of(target, content),
        () ->
            s3.copyObject(
                r ->
                    r.sourceBucket(BUCKET)
                        .sourceKey(source)
                        .destinationBucket(BUCKET)
                        .destinationKey(target)));
  }

  private Change multipart(S3Client s3) {
    String key = key();
    byte[] whole = bytes(PART_BYTES + 1 + random.nextInt(100_000));
    return new Change(Map.of(key, Hashes.md5(whole)), () -> upload(s3, key, whole));
  }

  private static void upload(S3Client s3, String key, byte[] whole) {
    String id = s3.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int part = 1; part <= 2; part++) {
      int begin = part == 1 ? 0 : PART_BYTES;
      int end = part == 1 ? PART_BYTES : whole.length;
      byte[] body = Arrays.copyOfRange(whole, begin, end);
      int partNumber = part;
      String etag =
          s3.uploadPart(
                  r -> r.bucket(BUCKET).key(key).uploadId(id).partNumber(partNumber),
                  RequestBody.fromBytes(body))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(part).eTag(etag).build());
    }
    s3.completeMultipartUpload(
        r -> r.bucket(BUCKET).key(key).uploadId(id).multipartUpload(m -> m.parts(parts)));
  }

  private String key() {
    return number + "/" + random.nextInt(KEYS);
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** What is not as it must be; what is there is taken for acknowledged from then on. */
  List<String> verify(S3Client s3) {
    List<String> problems = new ArrayList<>();
    Map<String, String> listed = new HashMap<>();
    for (S3Object object :
        s3.listObjectsV2(r -> r.bucket(BUCKET).prefix(number + "/")).contents()) {
      listed.put(object.key(), object.eTag());
    }
    for (int i = 0; i < KEYS; i++) {
      String key = number + "/" + i;
      String found = content(s3, key);
      String known = acknowledged.getOrDefault(key, GONE);
      if (!found.equals(known) && !found.equals(underWay.get(key))) {
        problems.add(key + " holds " + found + ", not " + known + " or " + underWay.get(key));
      }
      if (found.equals(GONE) == listed.containsKey(key)) {
        problems.add(key + " holds " + found + " and is listed as " + listed.get(key));
      }
      acknowledged.put(key, found);
    }
    underWay.clear();
    return problems;
  }

  private static String content(S3Client s3, String key) {
    try {
      return Hashes.md5(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArray());
    } catch (NoSuchKeyException e) {
      return GONE;
    } catch (SdkException e) {
      return "unreadable: " + e.getMessage();
    }
  }
}
