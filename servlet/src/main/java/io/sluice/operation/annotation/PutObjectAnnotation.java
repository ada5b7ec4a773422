package io.sluice.operation.annotation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.ObjectAnnotations;
import io.sluice.operation.ObjectAnnotations.Annotation;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Puts an annotation of a version, replacing the one of the same name. One of a locked version is
 * not replaced. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAnnotation.html">API</a>.
 */
final class PutObjectAnnotation implements OperationHandler {
  /** AWS: a payload of 1 byte to 1 MiB. */
  private static final int MAX_BYTES = 1 << 20;

  private final ObjectStore objects;
  private final ObjectLocks locks;

  PutObjectAnnotation(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT_ANNOTATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.ANNOTATIONS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    String name = AnnotationName.of(request);
    byte[] payload = payload(request);
    List<Checksum> declared = request.body().checksums();
    Checksum checksum =
        declared.isEmpty()
            ? ChecksumDigest.checksum(ChecksumAlgorithm.CRC64NVME, payload)
            : declared.get(0);
    Checksum md5 = ChecksumDigest.checksum(ChecksumAlgorithm.MD5, payload);
    ETag etag = new ETag(HexFormat.of().formatHex(md5.digest()));
    Annotation annotation =
        new Annotation(
            name,
            ObjectAnnotations.newDocument(),
            payload.length,
            etag.quoted(),
            HttpDate.iso(locks.now()),
            checksum.algorithm().wireName(),
            checksum.value());
    VersionGuard condition = ObjectCondition.of(request);
    ObjectAnnotations.Change change =
        before -> {
          boolean replaces = before.named(name).isPresent();
          VersionGuard guard = replaces ? both(condition, locks.expiration()) : condition;
          return new ObjectAnnotations.Changed(before.with(annotation), guard);
        };
    String versionId =
        ObjectAnnotations.put(objects, request.object(), annotation, payload, change);
    S3Response response =
        S3Response.ok(new PutObjectAnnotationResult(request.key().value(), name))
            .header("ETag", etag.quoted())
            .header("x-amz-object-version-id", versionId);
    ChecksumHeaders.add(response, List.of(checksum));
    return response;
  }

  static VersionGuard both(VersionGuard first, VersionGuard second) {
    return (version, documents) -> {
      first.check(version, documents);
      second.check(version, documents);
    };
  }

  private static byte[] payload(S3Request request) throws IOException {
    long length =
        request.body().lengthBytes().orElseThrow(S3ErrorCode.MISSING_CONTENT_LENGTH::exception);
    if (length > MAX_BYTES) {
      throw S3ErrorCode.ENTITY_TOO_LARGE
          .exception()
          .with("ProposedSize", length)
          .with("MaxSizeAllowed", MAX_BYTES);
    }
    byte[] payload = request.body().readAll(MAX_BYTES);
    if (payload.length == 0) {
      throw S3ErrorCode.INVALID_REQUEST.exception("An annotation has 1 byte at least.");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
    } catch (CharacterCodingException e) {
      throw S3ErrorCode.UNSUPPORTED_MEDIA_TYPE.exception(
          S3ErrorCode.UNSUPPORTED_MEDIA_TYPE.defaultMessage(), e);
    }
    return payload;
  }

  @JsonRootName("PutObjectAnnotationResult")
  record PutObjectAnnotationResult(String key, String annotationName) {}
}
