package io.sluice.operation.multipart;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.operation.ChecksumElements;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.UploadRef;
import io.sluice.xml.Owner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts stored so far. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html">API</a>.
 */
final class ListParts implements OperationHandler {
  /** AWS: the most parts of a page. */
  private static final int MAX_PARTS = 1000;

  private final MultipartStore uploads;
  private final Acls acls;
  private final Lifecycles lifecycles;

  ListParts(MultipartStore uploads, Acls acls, Lifecycles lifecycles) {
    this.uploads = uploads;
    this.acls = acls;
    this.lifecycles = lifecycles;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_PARTS;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    UploadRef ref = UploadParameters.upload(request);
    int limit = IntegerParameter.clipped("max-parts", request.query().get("max-parts"), MAX_PARTS);
    String marker = request.query().nonEmpty("part-number-marker").orElse(null);
    int after = marker == null ? 0 : IntegerParameter.parse("part-number-marker", marker, 0);
    UploadInfo upload = uploads.head(ref);
    List<PartInfo> read = limit == 0 ? List.of() : uploads.listParts(ref, after, limit + 1);
    boolean truncated = read.size() > limit;
    List<PartInfo> page = truncated ? read.subList(0, limit) : read;
    Owner owner = acls.owners(request.bucket()).of(upload.ownerId());
    S3Response response =
        S3Response.ok(
            new ListPartsResult(
                request.bucket().value(),
                request.key().value(),
                ref.uploadId(),
                owner,
                owner,
                upload.metadata().storageClass(),
                after,
                page.isEmpty() ? 0 : page.get(page.size() - 1).partNumber(),
                limit,
                truncated,
                upload.checksumAlgorithm() == null ? null : upload.checksumAlgorithm().wireName(),
                upload.checksumType() == null ? null : upload.checksumType().name(),
                page.stream().map(Part::of).toList()));
    return lifecycles.describe(response, request.bucket(), upload);
  }

  @JsonRootName("ListPartsResult")
  record ListPartsResult(
      String bucket,
      String key,
      String uploadId,
      Owner initiator,
      Owner owner,
      String storageClass,
      int partNumberMarker,
      int nextPartNumberMarker,
      int maxParts,
      boolean isTruncated,
      @Nullable String checksumAlgorithm,
      @Nullable String checksumType,
      List<Part> part) {}

  record Part(
      int partNumber,
      String lastModified,
      String eTag,
      long size,
      @JsonAnyGetter Map<String, String> checksums) {
    static Part of(PartInfo part) {
      return new Part(
          part.partNumber(),
          HttpDate.iso(part.modifiedAt()),
          part.etag().quoted(),
          part.sizeBytes(),
          ChecksumElements.of(part.checksums()));
    }
  }
}
