package io.sluice.storage.remote;

import static java.util.Map.entry;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The settings documents of remote buckets that are the same here and there, each a sub-resource
 * with operations of its own. They travel as they are. Who may do what is not among them: ACLs,
 * policies and ownership speak of accounts, and those of the remote are not those of this gateway;
 * nor is encryption, which the remote does by itself. Thread-safe.
 */
final class BucketDocuments {
  private static final Logger LOG = LoggerFactory.getLogger(BucketDocuments.class);
  private static final int NOT_FOUND = 404;

  /** Bytes within which a document's root begins. */
  private static final int PROLOGUE = 256;

  /** How remotes say that they have no such sub-resource, or have it switched off. */
  private static final Set<S3ErrorCode> UNKNOWN_THERE =
      Set.of(S3ErrorCode.NOT_IMPLEMENTED, S3ErrorCode.METHOD_NOT_ALLOWED);

  /**
   * What gateways keep beside rules that they carry out themselves, and remotes have no use for.
   */
  private static final Set<String> NEVER_THERE = Set.of("lifecycle-position");

  private static final String PUBLIC_ACCESS = "public-access-block";
  private static final Set<String> OWNERSHIP = Set.of("ownership-controls", "object-ownership");

  /** One operation of the SDK on a bucket. */
  private interface Call {
    void run(S3Client client, String bucket, AwsRequestOverrideConfiguration with);
  }

  /**
   * The operations of a setting.
   *
   * @param delete null when it is deleted by putting {@code empty}
   * @param empty the document without content; null when there is none
   */
  private record Calls(Call get, Call put, @Nullable Call delete, @Nullable String empty) {
    static Calls of(Call get, Call put, Call delete) {
      return new Calls(get, put, delete, null);
    }
  }

  private static final Map<String, Calls> SETTINGS =
      Map.ofEntries(
          entry(
              "cors",
              Calls.of(
                  (c, b, w) -> c.getBucketCors(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) ->
                      c.putBucketCors(
                          r ->
                              r.bucket(b)
                                  .corsConfiguration(x -> x.corsRules(List.of()))
                                  .overrideConfiguration(w)),
                  (c, b, w) -> c.deleteBucketCors(r -> r.bucket(b).overrideConfiguration(w)))),
          entry(
              "lifecycle",
              Calls.of(
                  (c, b, w) ->
                      c.getBucketLifecycleConfiguration(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) ->
                      c.putBucketLifecycleConfiguration(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) -> c.deleteBucketLifecycle(r -> r.bucket(b).overrideConfiguration(w)))),
          entry(
              "tagging",
              Calls.of(
                  (c, b, w) -> c.getBucketTagging(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) ->
                      c.putBucketTagging(
                          r ->
                              r.bucket(b)
                                  .tagging(x -> x.tagSet(List.of()))
                                  .overrideConfiguration(w)),
                  (c, b, w) -> c.deleteBucketTagging(r -> r.bucket(b).overrideConfiguration(w)))),
          entry(
              "website",
              Calls.of(
                  (c, b, w) -> c.getBucketWebsite(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) ->
                      c.putBucketWebsite(
                          r -> r.bucket(b).websiteConfiguration(x -> {}).overrideConfiguration(w)),
                  (c, b, w) -> c.deleteBucketWebsite(r -> r.bucket(b).overrideConfiguration(w)))),
          entry(
              "logging",
              new Calls(
                  (c, b, w) -> c.getBucketLogging(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) ->
                      c.putBucketLogging(
                          r -> r.bucket(b).bucketLoggingStatus(x -> {}).overrideConfiguration(w)),
                  null,
                  "<BucketLoggingStatus/>")),
          entry(
              "object-lock",
              new Calls(
                  (c, b, w) ->
                      c.getObjectLockConfiguration(r -> r.bucket(b).overrideConfiguration(w)),
                  (c, b, w) ->
                      c.putObjectLockConfiguration(r -> r.bucket(b).overrideConfiguration(w)),
                  null,
                  null)));

  private final RemoteEndpoint endpoint;

  /** The settings of which the remote was found to have the operations. */
  private final Set<String> understood = ConcurrentHashMap.newKeySet();

  BucketDocuments(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Refuses settings that cannot be kept.
   *
   * @throws S3Exception NotImplemented
   */
  void require(Map<String, byte[]> settings) {
    settings.forEach(
        (name, document) -> {
          // Nobody but its owner has access to a remote's bucket here: the public is blocked.
          boolean held = isDefault(name, document) || name.equals(PUBLIC_ACCESS);
          if (!SETTINGS.containsKey(name) && !held) {
            throw unknown(name);
          }
        });
  }

  /** Ownership by the bucket's owner alone: how every bucket of a remote is seen here. */
  private static boolean isDefault(String name, byte[] document) {
    return OWNERSHIP.contains(name)
        && new String(document, StandardCharsets.UTF_8).equals("BucketOwnerEnforced");
  }

  /** A setting; empty when the bucket has none, or the remote keeps no such setting. */
  Optional<byte[]> read(BucketName bucket, String name) {
    Calls calls = SETTINGS.get(name);
    if (calls == null) {
      return Optional.empty();
    }
    return ask(bucket, calls).document();
  }

  /**
   * What a remote says of a setting.
   *
   * @param known whether it has such a sub-resource
   * @param document the setting; empty when the bucket has none
   */
  private record Answer(boolean known, Optional<byte[]> document) {}

  private Answer ask(BucketName bucket, Calls calls) {
    RawDocument.Exchanged raw = RawDocument.Exchanged.receiving();
    try {
      calls.get.run(endpoint.client(), bucket.value(), raw.configuration());
    } catch (SdkException e) {
      S3Exception error = endpoint.errors().translate(e);
      if (UNKNOWN_THERE.contains(error.code())) {
        endpoint.requireBucket(bucket);
        return new Answer(false, Optional.empty());
      }
      boolean unset =
          e instanceof AwsServiceException answer
              && answer.statusCode() == NOT_FOUND
              && error.code() != S3ErrorCode.NO_SUCH_BUCKET;
      if (unset) {
        return new Answer(true, Optional.empty());
      }
      throw error;
    }
    boolean listing = isListing(raw.received());
    return new Answer(!listing, listing ? Optional.empty() : Optional.of(raw.received()));
  }

  /** Puts those of a new bucket's settings that say something. */
  void putAll(BucketName bucket, Map<String, byte[]> settings) {
    settings.forEach(
        (name, document) -> {
          if (SETTINGS.containsKey(name)) {
            put(bucket, name, document);
          }
        });
  }

  /** Puts a setting. */
  void put(BucketName bucket, String name, byte[] document) {
    if (isDefault(name, document)) {
      return;
    }
    Calls calls = understood(bucket, name);
    RawDocument.Exchanged raw = RawDocument.Exchanged.sending(document);
    run(bucket, () -> calls.put.run(endpoint.client(), bucket.value(), raw.configuration()));
  }

  /** Deletes a setting. */
  void delete(BucketName bucket, String name) {
    if (NEVER_THERE.contains(name)) {
      return;
    }
    Calls calls = understood(bucket, name);
    Call delete = calls.delete;
    if (delete != null) {
      run(
          bucket,
          () ->
              delete.run(
                  endpoint.client(),
                  bucket.value(),
                  AwsRequestOverrideConfiguration.builder().build()));
    } else if (calls.empty != null) {
      put(bucket, name, calls.empty.getBytes(StandardCharsets.UTF_8));
    } else {
      throw unknown(name);
    }
  }

  private void run(BucketName bucket, Runnable call) {
    try {
      call.run();
    } catch (SdkException e) {
      S3Exception error = endpoint.errors().translate(e);
      if (error.code() == S3ErrorCode.NOT_IMPLEMENTED) {
        endpoint.requireBucket(bucket);
      }
      throw error;
    }
  }

  /**
   * The operations of a setting that the remote has. A remote that does not know a sub-resource
   * takes the request for the plain one: Ceph 16 answers {@code GET ?encryption} with a listing,
   * and {@code DELETE ?encryption} deletes the bucket. So the harmless one is asked first.
   *
   * @throws S3Exception NotImplemented when it has none; NoSuchBucket
   */
  private Calls understood(BucketName bucket, String name) {
    Calls calls = known(bucket, name);
    if (understood.contains(name)) {
      return calls;
    }
    if (!ask(bucket, calls).known()) {
      LOG.warn(
          "Provider {} has no {} of buckets: it cannot be set", endpoint.settings().name(), name);
      throw unknown(name);
    }
    understood.add(name);
    return calls;
  }

  /** Whether a document is a listing of objects, the answer to a query that was not understood. */
  private static boolean isListing(byte[] document) {
    return new String(document, 0, Math.min(document.length, PROLOGUE), StandardCharsets.UTF_8)
        .contains("<ListBucketResult");
  }

  private Calls known(BucketName bucket, String name) {
    Calls calls = SETTINGS.get(name);
    if (calls == null) {
      endpoint.requireBucket(bucket);
      throw unknown(name);
    }
    return calls;
  }

  private S3Exception unknown(String name) {
    return S3ErrorCode.NOT_IMPLEMENTED
        .exception("The provider of this bucket cannot keep a bucket's " + name + ".")
        .with("Provider", endpoint.settings().name());
  }
}
