package io.sluice.iam;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.operation.LegalHold;
import io.sluice.operation.ObjectRetention;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says in its headers with some operations, and in the document of its body with
 * others. Confined to one request.
 */
final class RequestDocument {
  private static final int MAX_BUCKET_BYTES = 16 * 1024;

  private final S3Operation operation;
  private final S3Request request;

  RequestDocument(S3Operation operation, S3Request request) {
    this.operation = operation;
    this.request = request;
  }

  /** The tags that it gives. */
  List<ObjectTagging.Tag> tags() throws IOException {
    if (operation == S3Operation.PUT_OBJECT_TAGGING) {
      return ObjectTagging.parse(request.body().readAll(ObjectTagging.maxBodyBytes())).tags();
    }
    Map<String, byte[]> documents = ObjectTagging.documents(request.headers());
    byte[] tagging = documents.get(ObjectTagging.DOCUMENT);
    return tagging == null ? List.of() : ObjectTagging.parse(tagging).tags();
  }

  @Nullable String lockMode() throws IOException {
    return operation == S3Operation.PUT_OBJECT_RETENTION
        ? retention().mode()
        : request.headers().get("x-amz-object-lock-mode");
  }

  @Nullable String retainUntil() throws IOException {
    return operation == S3Operation.PUT_OBJECT_RETENTION
        ? retention().retainUntilDate()
        : request.headers().get("x-amz-object-lock-retain-until-date");
  }

  private ObjectRetention.Document retention() throws IOException {
    return XmlBodies.read(
        request.body().readAll(ObjectRetention.maxBodyBytes()), ObjectRetention.Document.class);
  }

  @Nullable String legalHold() throws IOException {
    return operation == S3Operation.PUT_OBJECT_LEGAL_HOLD
        ? LegalHold.parse(request.body().readAll(LegalHold.maxBodyBytes())).status()
        : request.headers().get("x-amz-object-lock-legal-hold");
  }

  /** Where a new bucket shall live; null when it does not say. */
  @Nullable String locationConstraint() throws IOException {
    if (operation != S3Operation.CREATE_BUCKET) {
      return null;
    }
    byte[] body = request.body().readAll(MAX_BUCKET_BYTES);
    return body.length == 0 ? null : XmlBodies.read(body, NewBucket.class).locationConstraint();
  }

  /** Of the document that makes a bucket, what policies ask about. */
  @JsonRootName("CreateBucketConfiguration")
  record NewBucket(
      @Nullable String locationConstraint,
      @Nullable Object location,
      @Nullable Object bucket,
      @Nullable Object tags) {}
}
