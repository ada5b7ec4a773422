package io.sluice.operation.multipart;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.operation.ChecksumElements;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CompleteOptions.CompletedPart;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.UploadRef;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the object of the parts. The local store does so by reference, in one commit, so that the
 * status tells the outcome; a slow store is waited for. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html">API</a>.
 */
final class CompleteMultipartUpload implements OperationHandler {
  /** Room for 10,000 parts with all their checksums. */
  private static final int MAX_BODY_BYTES = 8 << 20;

  private final MultipartStore uploads;
  private final Lifecycles lifecycles;
  private final ServerSideEncryption encryption;

  CompleteMultipartUpload(
      MultipartStore uploads, Lifecycles lifecycles, ServerSideEncryption encryption) {
    this.uploads = uploads;
    this.lifecycles = lifecycles;
    this.encryption = encryption;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.COMPLETE_MULTIPART_UPLOAD;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    UploadRef upload = UploadParameters.upload(request);
    S3Headers headers = request.headers();
    byte[] body = request.body().readAll(MAX_BODY_BYTES);
    List<CompletedPart> parts = XmlBodies.read(body, CompleteMultipartUploadDocument.class).parts();
    String size = headers.nonBlank("x-amz-mp-object-size").orElse(null);
    CompleteOptions options =
        new CompleteOptions(
            parts,
            ConditionHeaders.ofWrite(headers),
            checksum(headers),
            size == null ? null : size(size));
    checkUpload(request, upload);
    String address = request.origin().url();
    return S3Response.deferred(() -> complete(upload, options, address));
  }

  /** Holds what the request says of the upload against it: the key, and the checksum's type. */
  private void checkUpload(S3Request request, UploadRef upload) throws IOException {
    String type = request.headers().nonBlank("x-amz-checksum-type").orElse(null);
    boolean keyed = ServerSideEncryption.isNamed(request);
    if (!keyed && type == null) {
      return;
    }
    try {
      UploadInfo info = uploads.head(upload);
      if (keyed) {
        encryption.checkUpload(request, info);
      }
      // One that was begun with no algorithm gets S3's default, which is of the full object.
      ChecksumType begun =
          info.checksumType() == null ? ChecksumType.FULL_OBJECT : info.checksumType();
      if (type != null && !type.equals(begun.name())) {
        throw S3ErrorCode.BAD_DIGEST.exception(
            "The checksum type is not that of the upload, which is " + begun + ".");
      }
    } catch (S3Exception e) {
      // One that was completed before is answered again; whether it was, the store knows.
      if (e.code() != S3ErrorCode.NO_SUCH_UPLOAD) {
        throw e;
      }
    }
  }

  private S3Response complete(UploadRef upload, CompleteOptions options, String address)
      throws IOException {
    ObjectInfo info = uploads.complete(upload, options);
    S3Response response =
        S3Response.ok(
            new CompleteMultipartUploadResult(
                address.isEmpty() ? "/" + upload.bucket() + "/" + upload.key() : address,
                upload.bucket().value(),
                upload.key().value(),
                info.etag().quoted(),
                info.checksums().isEmpty() ? null : info.checksums().get(0).type(),
                ChecksumElements.of(info.checksums())));
    ServerSideEncryption.describeCompleted(response, info.encryption())
        .header("x-amz-version-id", info.version().id());
    return lifecycles.describe(response, upload.bucket(), info);
  }

  private static long size(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The size is not valid.")
          .with("ArgumentName", "x-amz-mp-object-size")
          .with("ArgumentValue", text);
    }
    return Long.parseLong(text);
  }

  /** The object's checksum as the client expects it; with {@code -parts} behind it a composite. */
  private static @Nullable Checksum checksum(S3Headers headers) {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String value = headers.nonBlank(algorithm.headerName()).orElse(null);
      if (value != null) {
        boolean composite =
            value.indexOf('-') >= 0
                || headers.nonBlank("x-amz-checksum-type").orElse("").equals("COMPOSITE");
        return composite
            ? new Checksum(algorithm, ChecksumType.COMPOSITE, value)
            : Checksum.parse(algorithm, value);
      }
    }
    return null;
  }

  @JsonRootName("CompleteMultipartUpload")
  record CompleteMultipartUploadDocument(@Nullable List<Part> part) {
    List<CompletedPart> parts() {
      if (part == null || part.isEmpty() || part.size() > PartInfo.MAX_PART_NUMBER) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      List<CompletedPart> parts = new ArrayList<>(part.size());
      for (Part listed : part) {
        parts.add(listed.completed());
      }
      return parts;
    }
  }

  /** A part in the list: its number, its tag, and whatever checksums are named. */
  static final class Part {
    private final Map<String, Object> elements = new LinkedHashMap<>();

    @JsonAnySetter
    void set(String name, @Nullable Object value) {
      if (value != null) {
        elements.put(name, value);
      }
    }

    CompletedPart completed() {
      Object number = elements.get("PartNumber");
      Object etag = elements.get("ETag");
      if (!(number instanceof String text) || !text.strip().matches("[0-9]{1,9}")) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      int partNumber = Integer.parseInt(text.strip());
      if (!(etag instanceof String tag) || tag.isBlank()) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      if (partNumber < 1 || partNumber > PartInfo.MAX_PART_NUMBER) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("PartNumber must be >= 1")
            .with("ArgumentName", "partNumber")
            .with("ArgumentValue", text);
      }
      return new CompletedPart(partNumber, ETag.parse(tag), ChecksumElements.parse(elements));
    }
  }

  @JsonRootName("CompleteMultipartUploadResult")
  record CompleteMultipartUploadResult(
      String location,
      String bucket,
      String key,
      String eTag,
      @Nullable ChecksumType checksumType,
      @JsonAnyGetter Map<String, String> checksums) {}
}
