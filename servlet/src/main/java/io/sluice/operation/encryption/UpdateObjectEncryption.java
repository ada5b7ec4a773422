package io.sluice.operation.encryption;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts a version that the gateway's or a service's key encrypts with another key of the
 * service; no byte of it moves. One that is locked is left as it is. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html">API</a>.
 */
final class UpdateObjectEncryption implements OperationHandler {
  private static final int MAX_BODY_BYTES = 8 * 1024;

  private final ObjectStore objects;
  private final ServerSideEncryption encryption;
  private final ObjectLocks locks;

  UpdateObjectEncryption(ObjectStore objects, ServerSideEncryption encryption, ObjectLocks locks) {
    this.objects = objects;
    this.encryption = encryption;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.UPDATE_OBJECT_ENCRYPTION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.ENCRYPTION);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectLocks.requireChecksum(request);
    byte[] body = request.body().readAll(MAX_BODY_BYTES);
    KeyWrapping wrapping =
        XmlBodies.read(body, ObjectEncryption.class).checked().wrapping(encryption);
    objects.setEncryption(request.object(), encryption.ofServer(), wrapping, locks.expiration());
    return S3Response.empty(200);
  }

  @JsonRootName("ObjectEncryption")
  record ObjectEncryption(@JsonProperty("SSE-KMS") @Nullable ByKms kms) {
    ByKms checked() {
      if (kms == null || kms.keyArn() == null || kms.keyArn().isBlank()) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      return kms;
    }
  }

  /** The key of the service. */
  record ByKms(
      @JsonProperty("KMSKeyArn") @Nullable String keyArn, @Nullable Boolean bucketKeyEnabled) {
    KeyWrapping wrapping(ServerSideEncryption encryption) throws IOException {
      return encryption.ofService(
          keyArn == null ? "" : keyArn.strip(), Boolean.TRUE.equals(bucketKeyEnabled));
    }
  }
}
