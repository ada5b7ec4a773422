package io.sluice.operation.multipart;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.lifecycle.Archives;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.operation.ChecksumElements;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.PartSource;
import io.sluice.storage.UploadRef;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores a part from an object. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html">API</a>.
 */
final class UploadPartCopy implements OperationHandler {
  private static final String RANGE = "x-amz-copy-source-range";

  private final MultipartStore uploads;
  private final Archives archives;

  UploadPartCopy(MultipartStore uploads, Archives archives) {
    this.uploads = uploads;
    this.archives = archives;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.UPLOAD_PART_COPY;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    S3Headers headers = request.headers();
    UploadRef upload = UploadParameters.upload(request);
    int partNumber = UploadParameters.partNumber(request);
    ObjectRef source = CopySource.parse(headers.get(CopySource.HEADER));
    archives.requireCopyable(source);
    PartSource part =
        new PartSource(source, range(headers), ConditionHeaders.ofCopySource(headers));
    return S3Response.deferred(() -> copy(upload, partNumber, part));
  }

  private S3Response copy(UploadRef upload, int partNumber, PartSource source) throws IOException {
    PartInfo part = uploads.copyPart(upload, partNumber, source);
    return S3Response.ok(
            new CopyPartResult(
                HttpDate.iso(part.modifiedAt()),
                part.etag().quoted(),
                ChecksumElements.of(part.checksums())))
        .header("x-amz-copy-source-version-id", source.object().versionId());
  }

  private static ByteRange.@Nullable FromTo range(S3Headers headers) {
    String text = headers.get(RANGE);
    if (text == null) {
      return null;
    }
    if (ByteRange.parse(text).orElse(null) instanceof ByteRange.FromTo range) {
      return range;
    }
    throw S3ErrorCode.INVALID_ARGUMENT
        .exception(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
                + " last are the zero-based offsets of the first and last bytes to copy")
        .with("ArgumentName", RANGE)
        .with("ArgumentValue", text);
  }

  @JsonRootName("CopyPartResult")
  record CopyPartResult(
      String lastModified, String eTag, @JsonAnyGetter Map<String, String> checksums) {}
}
