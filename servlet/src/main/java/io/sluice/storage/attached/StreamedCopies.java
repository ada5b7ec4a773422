package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.PartSource;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadRef;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.compose.ContentPayload;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies from one back end to another: the bytes come through here, a few at a time. Stateless. */
final class StreamedCopies {
  private StreamedCopies() {}

  static ObjectInfo copy(
      Place from, Place to, ObjectRef source, ObjectRef target, CopyOptions options)
      throws IOException {
    ReadOptions reading =
        new ReadOptions(null, null, options.sourceConditions(), options.sourceKeys());
    Place written = to.admitting(options.wrapping());
    try (ObjectContent content = open(from.objects(), from.object(source), reading)) {
      ObjectRef version = from.object(source).atVersion(content.info().version().id());
      Map<String, byte[]> documents = new LinkedHashMap<>(options.documents());
      for (String name : options.copiedDocuments()) {
        from.objects().document(version, name).ifPresent(document -> documents.put(name, document));
      }
      WriteOptions writing =
          new WriteOptions(
              withoutCount(options.metadataOf(content.info().metadata())),
              documents,
              options.targetConditions(),
              options.ownerId(),
              options.wrapping());
      try (ContentPayload payload =
          new ContentPayload(content, algorithm(options.checksumAlgorithm(), content.info()))) {
        return written.objects().put(to.object(target), writing, payload);
      }
    }
  }

  static PartInfo copyPart(
      Storage from, Storage to, UploadRef upload, int partNumber, PartSource source)
      throws IOException {
    ReadOptions reading = new ReadOptions(source.range(), null, source.conditions(), source.keys());
    ChecksumAlgorithm algorithm = to.uploads().head(upload).checksumAlgorithm();
    try (ObjectContent content = open(from.objects(), source.object(), reading)) {
      checkWhole(source.range(), content);
      try (ContentPayload payload =
          new ContentPayload(
              content, algorithm == null ? ChecksumAlgorithm.CRC64NVME : algorithm)) {
        return to.uploads().uploadPart(upload, partNumber, payload, source.wrapping());
      }
    }
  }

  /** A read clips a range that reaches past the end, where a copied part refuses it. */
  private static void checkWhole(ByteRange.@Nullable FromTo range, ObjectContent content) {
    if (range != null && range.last() >= content.info().sizeBytes()) {
      throw S3ErrorCode.INVALID_RANGE
          .exception()
          .with("RangeRequested", range.header())
          .with("ActualObjectSize", content.info().sizeBytes());
    }
  }

  private static ObjectContent open(ObjectStore objects, ObjectRef source, ReadOptions reading)
      throws IOException {
    try {
      return objects.get(source, reading);
    } catch (NotModifiedException e) {
      throw Preconditions.failed("x-amz-copy-source-If-None-Match");
    }
  }

  private static ChecksumAlgorithm algorithm(@Nullable ChecksumAlgorithm asked, ObjectInfo source) {
    if (asked != null) {
      return asked;
    }
    return source.checksums().isEmpty()
        ? ChecksumAlgorithm.CRC64NVME
        : source.checksums().get(0).algorithm();
  }

  /** How many tags there are is not metadata of the copy. */
  private static ObjectMetadata withoutCount(ObjectMetadata metadata) {
    if (metadata.system(ObjectMetadata.TAGGING_COUNT) == null) {
      return metadata;
    }
    Map<String, String> system = new LinkedHashMap<>(metadata.system());
    system.remove(ObjectMetadata.TAGGING_COUNT);
    return new ObjectMetadata(system, metadata.user());
  }
}
