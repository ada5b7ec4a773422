package io.sluice.operation.object;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.operation.ChecksumElements;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chosen attributes of an object, its parts among them. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html">API</a>.
 */
final class GetObjectAttributes implements OperationHandler {
  private static final String HEADER = "x-amz-object-attributes";
  private static final Set<String> KNOWN =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

  /** AWS: the most parts of a page. */
  private static final int MAX_PARTS = 1000;

  private final ObjectStore objects;
  private final ServerSideEncryption encryption;

  GetObjectAttributes(ObjectStore objects, ServerSideEncryption encryption) {
    this.objects = objects;
    this.encryption = encryption;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT_ATTRIBUTES;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    Set<String> asked = attributes(request.headers());
    ObjectInfo info =
        objects.head(request.object(), ReadOptions.ALL.with(encryption.ofRead(request)));
    boolean parts = asked.contains("ObjectParts") && info.partCount() > 0;
    return S3Response.ok(
            new GetObjectAttributesResponse(
                asked.contains("ETag") ? info.etag().value() : null,
                asked.contains("Checksum") ? ChecksumDocument.of(info.checksums()) : null,
                parts ? parts(request, info) : null,
                asked.contains("StorageClass") ? info.metadata().storageClass() : null,
                asked.contains("ObjectSize") ? info.sizeBytes() : null))
        .header("Last-Modified", HttpDate.format(info.modifiedAt()))
        .header("x-amz-version-id", info.version().id());
  }

  private static Set<String> attributes(S3Headers headers) {
    String value = headers.joinedUtf8(HEADER);
    Set<String> asked = new HashSet<>();
    for (String name : value == null ? new String[0] : value.split(",", -1)) {
      if (!KNOWN.contains(name.strip())) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("Invalid attribute name specified.")
            .with("ArgumentName", HEADER)
            .with("ArgumentValue", name.strip());
      }
      asked.add(name.strip());
    }
    if (asked.isEmpty()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The x-amz-object-attributes header specifying the attributes to be retrieved is either"
              + " missing or empty");
    }
    return asked;
  }

  private ObjectParts parts(S3Request request, ObjectInfo info) throws IOException {
    S3Headers headers = request.headers();
    int limit = IntegerParameter.clipped("max-parts", headers.get("x-amz-max-parts"), MAX_PARTS);
    String marker = headers.get("x-amz-part-number-marker");
    int after = marker == null ? 0 : IntegerParameter.parse("part-number-marker", marker, 0);
    ObjectRef version = request.object().atVersion(info.version().id());
    List<PartInfo> read = limit == 0 ? List.of() : objects.parts(version, after, limit + 1);
    boolean truncated = read.size() > limit;
    List<PartInfo> page = truncated ? read.subList(0, limit) : read;
    return new ObjectParts(
        truncated,
        limit,
        truncated ? page.get(page.size() - 1).partNumber() : null,
        after,
        page.stream().map(Part::of).toList(),
        info.partCount());
  }

  @JsonRootName("GetObjectAttributesResponse")
  record GetObjectAttributesResponse(
      @Nullable String eTag,
      @JsonProperty("Checksum") @Nullable ChecksumDocument checksum,
      @Nullable ObjectParts objectParts,
      @Nullable String storageClass,
      @Nullable Long objectSize) {}

  record ChecksumDocument(String checksumType, @JsonAnyGetter Map<String, String> values) {
    static @Nullable ChecksumDocument of(List<Checksum> checksums) {
      return checksums.isEmpty()
          ? null
          : new ChecksumDocument(checksums.get(0).type().name(), ChecksumElements.of(checksums));
    }
  }

  record ObjectParts(
      boolean isTruncated,
      int maxParts,
      @Nullable Integer nextPartNumberMarker,
      int partNumberMarker,
      List<Part> part,
      int partsCount) {}

  record Part(int partNumber, long size, @JsonAnyGetter Map<String, String> checksums) {
    static Part of(PartInfo part) {
      return new Part(part.partNumber(), part.sizeBytes(), ChecksumElements.of(part.checksums()));
    }
  }
}
