package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.PartSource;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The multipart uploads of a remote endpoint; parts go straight through, and upload ids are the
 * remote's. Thread-safe.
 */
final class RemoteMultipartStore implements MultipartStore {
  private static final int MAX_PARTS = 1000;

  /** What the SDK computes while it sends. */
  private static final Set<ChecksumAlgorithm> COMPUTED =
      Set.of(
          ChecksumAlgorithm.CRC32,
          ChecksumAlgorithm.CRC32C,
          ChecksumAlgorithm.SHA1,
          ChecksumAlgorithm.SHA256);

  private final RemoteEndpoint endpoint;
  private final UploadAlgorithms algorithms;

  RemoteMultipartStore(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
    this.algorithms = new UploadAlgorithms(endpoint);
  }

  @Override
  public UploadInfo create(ObjectRef target, UploadOptions options) {
    ChecksumAlgorithm algorithm = options.checksumAlgorithm();
    ChecksumType type = options.checksumType();
    // What S3 gives to uploads that name nothing; the SDK cannot compute it for the parts.
    boolean byDefault = algorithm == ChecksumAlgorithm.CRC64NVME && type != ChecksumType.COMPOSITE;
    if (algorithm != null && !byDefault && !COMPUTED.contains(algorithm)) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception(
          "Uploads to the provider of this bucket cannot have "
              + algorithm.wireName()
              + " checksums.");
    }
    CreateMultipartUploadRequest request =
        CreateMultipartUploadRequest.builder()
            .bucket(target.bucket().value())
            .key(target.key().value())
            .overrideConfiguration(
                new RequestHeaders()
                    .metadata(options.object().metadata())
                    .documents(options.object().documents())
                    .with(
                        "x-amz-checksum-algorithm",
                        algorithm == null || byDefault ? null : algorithm.wireName())
                    .with("x-amz-checksum-type", type == null || byDefault ? null : type.name())
                    .configuration())
            .build();
    CreateMultipartUploadResponse answer =
        endpoint.errors().call(() -> endpoint.clients().plain().createMultipartUpload(request));
    algorithms.remember(answer.uploadId(), byDefault ? null : algorithm);
    return new UploadInfo(
        target.key(),
        answer.uploadId(),
        new ObjectHeaders(answer.sdkHttpResponse()).instant("Date"),
        endpoint.settings().ownerId(),
        options.object().metadata(),
        algorithm,
        type);
  }

  /** The upload as the remote tells it, which is without its metadata and its beginning. */
  @Override
  public UploadInfo head(UploadRef upload) {
    ListPartsResponse answer = listParts(endpoint, upload, 0, 1);
    return info(
        upload.key(),
        upload.uploadId(),
        Instant.EPOCH,
        answer.checksumAlgorithmAsString(),
        answer.checksumTypeAsString());
  }

  private UploadInfo info(
      ObjectKey key,
      String uploadId,
      Instant initiated,
      @Nullable String algorithm,
      @Nullable String type) {
    ChecksumAlgorithm known =
        algorithm == null ? null : ChecksumAlgorithm.of(algorithm).orElse(null);
    return new UploadInfo(
        key,
        uploadId,
        initiated,
        endpoint.settings().ownerId(),
        ObjectMetadata.NONE,
        known,
        known == null || type == null ? null : ChecksumType.valueOf(type));
  }

  @Override
  public PartInfo uploadPart(UploadRef upload, int partNumber, Payload payload) throws IOException {
    ChecksumAlgorithm algorithm = algorithms.of(upload);
    RemoteUpload sending = new RemoteUpload(endpoint, payload);
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(upload.bucket().value())
            .key(upload.key().value())
            .uploadId(upload.uploadId())
            .partNumber(partNumber)
            .checksumAlgorithm(algorithm == null ? null : algorithm.wireName())
            .build();
    UploadPartResponse answer =
        sending.send(body -> endpoint.clients().plain().uploadPart(request, body));
    ObjectHeaders headers = new ObjectHeaders(answer.sdkHttpResponse());
    return new PartInfo(
        partNumber,
        sending.lengthBytes(),
        headers.etag(),
        headers.instant("Date"),
        headers.checksums());
  }

  @Override
  public PartInfo copyPart(UploadRef upload, int partNumber, PartSource source) {
    ObjectRef from = source.object();
    UploadPartCopyRequest request =
        UploadPartCopyRequest.builder()
            .sourceBucket(from.bucket().value())
            .sourceKey(from.key().value())
            .sourceVersionId(from.versionId())
            .copySourceRange(source.range() == null ? null : source.range().header())
            .destinationBucket(upload.bucket().value())
            .destinationKey(upload.key().value())
            .uploadId(upload.uploadId())
            .partNumber(partNumber)
            .overrideConfiguration(
                new RequestHeaders()
                    .read("x-amz-copy-source-", source.conditions())
                    .configuration())
            .build();
    UploadPartCopyResponse answer =
        endpoint.errors().call(() -> endpoint.client().uploadPartCopy(request));
    return new PartInfo(
        partNumber,
        source.range() == null
            ? endpoint.head(from, ReadOptions.ALL).sizeBytes()
            : source.range().last() - source.range().first() + 1,
        ETag.parse(answer.copyPartResult().eTag()),
        RemoteEndpoint.date(answer.copyPartResult().lastModified()),
        RemoteListings.Checksums.of(
            name -> answer.copyPartResult().getValueForField(name, String.class)));
  }

  @Override
  public ObjectInfo complete(UploadRef upload, CompleteOptions options) {
    if (options.parts().isEmpty()) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    ObjectRef target = ObjectRef.of(upload.bucket(), upload.key());
    Checksum checksum = options.checksum();
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(upload.bucket().value())
            .key(upload.key().value())
            .uploadId(upload.uploadId())
            .mpuObjectSize(options.sizeBytes())
            .multipartUpload(
                all ->
                    all.parts(
                        options.parts().stream().map(RemoteMultipartStore::completed).toList()))
            .overrideConfiguration(
                new RequestHeaders()
                    .write(options.conditions())
                    .checksum(checksum)
                    .with("x-amz-checksum-type", checksum == null ? null : checksum.type().name())
                    .configuration())
            .build();
    CompleteMultipartUploadResponse answer =
        endpoint.errors().call(() -> endpoint.client().completeMultipartUpload(request));
    algorithms.forget(upload.uploadId());
    // Some remotes answer without an entity tag; the object itself always has one.
    ObjectInfo made = endpoint.head(target.atVersion(answer.versionId()), ReadOptions.ALL);
    return made.withVersion(new io.sluice.model.ObjectVersion(answer.versionId(), true, false));
  }

  private static CompletedPart completed(CompleteOptions.CompletedPart part) {
    CompletedPart.Builder builder =
        CompletedPart.builder().partNumber(part.partNumber()).eTag(part.etag().quoted());
    for (Checksum checksum : part.checksums()) {
      for (SdkField<?> field : builder.sdkFields()) {
        if (field.memberName().equals(checksum.algorithm().elementName())) {
          field.set(builder, checksum.value());
        }
      }
    }
    return builder.build();
  }

  @Override
  public void abort(UploadRef upload) {
    endpoint
        .errors()
        .call(
            () ->
                endpoint
                    .client()
                    .abortMultipartUpload(
                        request ->
                            request
                                .bucket(upload.bucket().value())
                                .key(upload.key().value())
                                .uploadId(upload.uploadId())));
    algorithms.forget(upload.uploadId());
  }

  @Override
  public List<PartInfo> listParts(UploadRef upload, int after, int limit) {
    List<PartInfo> parts = new ArrayList<>();
    int marker = after;
    while (parts.size() < limit) {
      ListPartsResponse page =
          listParts(endpoint, upload, marker, Math.min(limit - parts.size(), MAX_PARTS));
      page.parts().forEach(part -> parts.add(part(part)));
      if (!Boolean.TRUE.equals(page.isTruncated()) || page.parts().isEmpty()) {
        break;
      }
      marker = parts.get(parts.size() - 1).partNumber();
    }
    return parts;
  }

  static ListPartsResponse listParts(
      RemoteEndpoint endpoint, UploadRef upload, int after, int limit) {
    S3Client client = endpoint.client();
    try {
      return listed(endpoint, client, upload, after, limit);
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_KEY) { // so says Ceph 16 of an upload that is gone
        throw S3ErrorCode.NO_SUCH_UPLOAD.exception().with("UploadId", upload.uploadId());
      }
      throw e;
    }
  }

  private static ListPartsResponse listed(
      RemoteEndpoint endpoint, S3Client client, UploadRef upload, int after, int limit) {
    return endpoint
        .errors()
        .call(
            () ->
                client.listParts(
                    request ->
                        request
                            .bucket(upload.bucket().value())
                            .key(upload.key().value())
                            .uploadId(upload.uploadId())
                            .partNumberMarker(after == 0 ? null : after)
                            .maxParts(limit)));
  }

  private static PartInfo part(Part part) {
    return new PartInfo(
        part.partNumber(),
        part.size(),
        ETag.parse(part.eTag()),
        RemoteEndpoint.date(part.lastModified()),
        RemoteListings.Checksums.of(name -> part.getValueForField(name, String.class)));
  }

  @Override
  public UploadListing list(BucketName bucket, UploadQuery query) {
    ListMultipartUploadsResponse page =
        endpoint
            .errors()
            .call(
                () ->
                    endpoint
                        .client()
                        .listMultipartUploads(
                            request ->
                                request
                                    .bucket(bucket.value())
                                    .prefix(query.prefix().isEmpty() ? null : query.prefix())
                                    .delimiter(query.delimiter())
                                    .keyMarker(query.keyMarker())
                                    .uploadIdMarker(query.uploadIdMarker())
                                    .maxUploads(query.limit())
                                    .encodingType(EncodingType.URL)));
    boolean more = Boolean.TRUE.equals(page.isTruncated());
    String id = page.nextUploadIdMarker();
    return new UploadListing(
        page.uploads().stream().map(this::upload).toList(),
        page.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        more ? page.nextKeyMarker() : null,
        more && id != null && !id.isEmpty() ? id : null);
  }

  private UploadInfo upload(MultipartUpload upload) {
    return info(
        new ObjectKey(upload.key()),
        upload.uploadId(),
        RemoteEndpoint.date(upload.initiated()),
        upload.checksumAlgorithmAsString(),
        upload.checksumTypeAsString());
  }
}
