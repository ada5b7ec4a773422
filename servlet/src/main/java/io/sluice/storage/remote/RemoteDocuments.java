package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The documents of remote objects, each a sub-resource with an operation of its own. They travel as
 * they are. An ACL is none of them: it speaks of accounts that the remote does not know.
 * Thread-safe.
 */
final class RemoteDocuments {
  private static final Set<String> KEPT = Set.of("tagging", "retention", "legal-hold");

  private static final Set<S3ErrorCode> ABSENT =
      Set.of(
          S3ErrorCode.NO_SUCH_OBJECT_LOCK_CONFIGURATION,
          S3ErrorCode.OBJECT_LOCK_CONFIGURATION_NOT_FOUND,
          S3ErrorCode.NO_SUCH_TAG_SET);

  private final RemoteEndpoint endpoint;

  RemoteDocuments(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** A document; empty when the object has none, or the remote keeps no such document. */
  Optional<byte[]> read(ObjectRef ref, String name) {
    if (!KEPT.contains(name)) {
      endpoint.head(ref, ReadOptions.ALL);
      return Optional.empty();
    }
    RawDocument.Exchanged raw = RawDocument.Exchanged.receiving();
    try {
      get(ref, name, raw);
    } catch (SdkException e) {
      S3Exception error = endpoint.errors().translate(e);
      // AWS: "Bucket is missing Object Lock Configuration" is an InvalidRequest.
      boolean noLocks = isLock(name) && error.code() == S3ErrorCode.INVALID_REQUEST;
      if (noLocks || ABSENT.contains(error.code())) {
        return Optional.empty();
      }
      throw error;
    }
    boolean empty =
        name.equals("tagging")
            && !new String(raw.received(), StandardCharsets.UTF_8).contains("<Tag>");
    return empty ? Optional.empty() : Optional.of(raw.received());
  }

  private static boolean isLock(String name) {
    return name.equals("retention") || name.equals("legal-hold");
  }

  private void get(ObjectRef ref, String name, RawDocument.Exchanged raw) {
    S3Client client = endpoint.client();
    String bucket = ref.bucket().value();
    String key = ref.key().value();
    String version = ref.versionId();
    switch (name) {
      case "tagging" ->
          client.getObjectTagging(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .versionId(version)
                      .overrideConfiguration(raw.configuration()));
      case "retention" ->
          client.getObjectRetention(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .versionId(version)
                      .overrideConfiguration(raw.configuration()));
      case "legal-hold" ->
          client.getObjectLegalHold(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .versionId(version)
                      .overrideConfiguration(raw.configuration()));
      default -> throw unknown(name);
    }
  }

  /** Puts a document. */
  void put(ObjectRef ref, String name, byte[] document) {
    RawDocument.Exchanged raw = RawDocument.Exchanged.sending(document);
    S3Client client = endpoint.client();
    String bucket = ref.bucket().value();
    String key = ref.key().value();
    String version = ref.versionId();
    endpoint
        .errors()
        .call(
            () ->
                switch (name) {
                  case "tagging" ->
                      client.putObjectTagging(
                          request ->
                              request
                                  .bucket(bucket)
                                  .key(key)
                                  .versionId(version)
                                  .tagging(tagging -> tagging.tagSet(List.of()))
                                  .overrideConfiguration(raw.configuration()));
                  case "retention" ->
                      client.putObjectRetention(
                          request ->
                              request
                                  .bucket(bucket)
                                  .key(key)
                                  .versionId(version)
                                  .overrideConfiguration(raw.configuration()));
                  case "legal-hold" ->
                      client.putObjectLegalHold(
                          request ->
                              request
                                  .bucket(bucket)
                                  .key(key)
                                  .versionId(version)
                                  .overrideConfiguration(raw.configuration()));
                  default -> throw unknown(name);
                });
  }

  /** Deletes the tags; S3 has no deletion of other documents. */
  void delete(ObjectRef ref, String name) {
    if (!name.equals("tagging")) {
      throw unknown(name);
    }
    endpoint
        .errors()
        .call(
            () ->
                endpoint
                    .client()
                    .deleteObjectTagging(
                        request ->
                            request
                                .bucket(ref.bucket().value())
                                .key(ref.key().value())
                                .versionId(ref.versionId())));
  }

  /** Asks a guard about a version as the remote tells it now. */
  void guard(ObjectRef ref, VersionGuard guard) throws IOException {
    if (guard != VersionGuard.NONE) {
      ObjectInfo version = endpoint.head(ref, ReadOptions.ALL);
      String id = version.version().id();
      ObjectRef exact = id == null ? ref : ref.atVersion(id);
      guard.check(version, name -> read(exact, name));
    }
  }

  private S3Exception unknown(String name) {
    return S3ErrorCode.NOT_IMPLEMENTED
        .exception("The provider of this bucket cannot keep an object's " + name + ".")
        .with("Provider", endpoint.settings().name());
  }
}
