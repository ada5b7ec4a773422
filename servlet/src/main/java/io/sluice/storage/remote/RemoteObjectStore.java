package io.sluice.storage.remote;

import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The objects of a remote endpoint. Conditions are the remote's to hold, at its commit; guards are
 * asked before a request, which the remote's own locks make safe. Thread-safe.
 */
final class RemoteObjectStore implements ObjectStore {
  private final RemoteEndpoint endpoint;
  private final RemoteDocuments documents;
  private final RemoteDeletions deletions;
  private final RemoteCopies copies;
  private final RemoteListings listings;
  private final UploadInParts inParts;

  RemoteObjectStore(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
    this.documents = new RemoteDocuments(endpoint);
    this.deletions = new RemoteDeletions(endpoint, documents);
    this.copies = new RemoteCopies(endpoint);
    this.listings = new RemoteListings(endpoint);
    this.inParts = new UploadInParts(endpoint);
  }

  @Override
  public ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload)
      throws IOException {
    if (!options.conditions().isNone()) {
      options.conditions().checkWrite(endpoint.current(target));
    }
    if (payload.lengthBytes().isEmpty()) {
      return inParts.put(target, options, payload);
    }
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(target.bucket().value())
            .key(target.key().value())
            .overrideConfiguration(
                new RequestHeaders()
                    .write(options.conditions())
                    .metadata(options.metadata())
                    .documents(options.documents())
                    .configuration())
            .build();
    RemoteUpload upload = new RemoteUpload(endpoint, payload);
    PutObjectResponse answer =
        upload.send(body -> endpoint.clients().once().putObject(request, body));
    return written(target, options, upload.lengthBytes(), answer);
  }

  private ObjectInfo written(
      ObjectRef target, WriteOptions options, long lengthBytes, PutObjectResponse answer) {
    ObjectHeaders headers = new ObjectHeaders(answer.sdkHttpResponse());
    return new ObjectInfo(
        target.key(),
        headers.version(true),
        lengthBytes,
        headers.etag(),
        headers.instant("Date"),
        options.metadata(),
        headers.checksums(),
        0,
        endpoint.settings().ownerId());
  }

  @Override
  public ObjectContent get(ObjectRef source, ReadOptions options) {
    boolean whole = options.range() == null && options.partNumber() == null;
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(source.bucket().value())
            .key(source.key().value())
            .versionId(source.versionId())
            .partNumber(options.partNumber())
            .range(options.range() == null ? null : options.range().header())
            .checksumMode(
                whole && endpoint.settings().dialect().checksums() ? ChecksumMode.ENABLED : null)
            .overrideConfiguration(
                new RequestHeaders().read("", options.conditions()).configuration())
            .build();
    try {
      ResponseInputStream<GetObjectResponse> stream = endpoint.client().getObject(request);
      ObjectHeaders headers = new ObjectHeaders(stream.response().sdkHttpResponse());
      return new RemoteContent(
          headers.object(source, endpoint.settings().ownerId()),
          new ByteRange.Resolved(headers.offset(), headers.length()),
          stream);
    } catch (SdkException e) {
      throw endpoint.readFault(source, options, e);
    }
  }

  @Override
  public ObjectInfo head(ObjectRef source, ReadOptions options) {
    return endpoint.head(source, options);
  }

  @Override
  public ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options) {
    return copies.copy(source, target, options);
  }

  @Override
  public DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    return deletions.delete(target, options);
  }

  @Override
  public List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    return deletions.deleteAll(bucket, targets);
  }

  @Override
  public Listing list(BucketName bucket, ListQuery query) {
    return listings.list(bucket, query);
  }

  @Override
  public VersionListing listVersions(BucketName bucket, VersionQuery query) {
    return listings.listVersions(bucket, query);
  }

  @Override
  public List<PartInfo> parts(ObjectRef source, int after, int limit) {
    return listings.parts(source, after, limit);
  }

  @Override
  public Optional<byte[]> document(ObjectRef source, String name) {
    return documents.read(source, name);
  }

  @Override
  public ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException {
    documents.guard(target, guard);
    documents.put(target, name, document);
    return endpoint.head(target, ReadOptions.ALL);
  }

  @Override
  public ObjectInfo deleteDocument(ObjectRef target, String name) {
    documents.delete(target, name);
    return endpoint.head(target, ReadOptions.ALL);
  }
}
