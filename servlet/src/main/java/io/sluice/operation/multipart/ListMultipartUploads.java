package io.sluice.operation.multipart;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ShownOwners;
import io.sluice.model.UploadInfo;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.EncodingType;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadQuery;
import io.sluice.uri.QueryString;
import io.sluice.xml.CommonPrefix;
import io.sluice.xml.Owner;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The uploads under way in a bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">API</a>.
 */
final class ListMultipartUploads implements OperationHandler {
  /** AWS: the most uploads of a page. */
  private static final int MAX_UPLOADS = 1000;

  private final MultipartStore uploads;
  private final Acls acls;

  ListMultipartUploads(MultipartStore uploads, Acls acls) {
    this.uploads = uploads;
    this.acls = acls;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_MULTIPART_UPLOADS;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    QueryString query = request.query();
    EncodingType encoding = EncodingType.of(query);
    int limit = IntegerParameter.clipped("max-uploads", query.get("max-uploads"), MAX_UPLOADS);
    UploadQuery asked =
        new UploadQuery(
            query.nonEmpty("prefix").orElse(""),
            query.get("delimiter"),
            query.get("key-marker"),
            // Without a key marker the upload id marker is ignored, as the reference says.
            query.nonEmpty("key-marker").isPresent() ? query.get("upload-id-marker") : null,
            Math.max(limit, 1));
    UploadListing listing = uploads.list(request.bucket(), asked);
    if (limit == 0) {
      listing = new UploadListing(List.of(), List.of(), null, null);
    }
    ShownOwners owners = acls.owners(request.bucket());
    return S3Response.ok(
        new ListMultipartUploadsResult(
            request.bucket().value(),
            encoding.encodeName(asked.keyMarker() == null ? "" : asked.keyMarker()),
            asked.uploadIdMarker() == null ? "" : asked.uploadIdMarker(),
            encoding.encode(listing.nextKeyMarker()),
            listing.nextUploadIdMarker(),
            encoding.encodeName(asked.prefix()),
            encoding.encode(asked.delimiter()),
            limit,
            encoding.element(),
            listing.nextKeyMarker() != null,
            listing.uploads().stream()
                .map(upload -> Upload.of(upload, encoding, owners.of(upload.ownerId())))
                .toList(),
            listing.commonPrefixes().stream()
                .map(prefix -> new CommonPrefix(encoding.encodeName(prefix)))
                .toList()));
  }

  @JsonRootName("ListMultipartUploadsResult")
  record ListMultipartUploadsResult(
      String bucket,
      String keyMarker,
      String uploadIdMarker,
      @Nullable String nextKeyMarker,
      @Nullable String nextUploadIdMarker,
      String prefix,
      @Nullable String delimiter,
      int maxUploads,
      @Nullable String encodingType,
      boolean isTruncated,
      List<Upload> upload,
      List<CommonPrefix> commonPrefixes) {}

  record Upload(
      String key,
      String uploadId,
      Owner initiator,
      Owner owner,
      String storageClass,
      String initiated,
      @Nullable String checksumAlgorithm,
      @Nullable String checksumType) {
    static Upload of(UploadInfo upload, EncodingType encoding, Owner owner) {
      return new Upload(
          encoding.encodeName(upload.key().value()),
          upload.uploadId(),
          owner,
          owner,
          upload.metadata().storageClass(),
          HttpDate.iso(upload.initiatedAt()),
          upload.checksumAlgorithm() == null ? null : upload.checksumAlgorithm().wireName(),
          upload.checksumType() == null ? null : upload.checksumType().name());
    }
  }
}
