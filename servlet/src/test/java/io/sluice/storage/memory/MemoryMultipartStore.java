package io.sluice.storage.memory;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.UploadInfo;
import io.sluice.model.Usage;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.PartAssembly;
import io.sluice.storage.PartSource;
import io.sluice.storage.Payload;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.memory.MemoryState.Bucket;
import io.sluice.storage.memory.MemoryState.Stored;
import io.sluice.storage.memory.MemoryState.StoredPart;
import io.sluice.storage.memory.MemoryState.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Multipart uploads in memory. */
final class MemoryMultipartStore implements MultipartStore {
  private final MemoryState state;

  MemoryMultipartStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public UploadInfo create(ObjectRef target, UploadOptions options) {
    synchronized (state) {
      Bucket bucket = state.bucket(target.bucket());
      UploadInfo info =
          new UploadInfo(
              target.key(),
              state.nextId(),
              MemoryState.now(),
              options.object().ownerId(),
              options.object().metadata(),
              options.checksumAlgorithm(),
              options.checksumType(),
              KeyWrapping.encryptionOf(options.object().wrapping()));
      bucket.uploads.put(info.uploadId(), new Upload(info, options));
      return info;
    }
  }

  private Upload find(UploadRef ref) {
    Upload upload = state.bucket(ref.bucket()).uploads.get(ref.uploadId());
    if (upload == null || !upload.info.key().equals(ref.key())) {
      throw S3ErrorCode.NO_SUCH_UPLOAD.exception().with("UploadId", ref.uploadId());
    }
    return upload;
  }

  private Upload open(UploadRef ref) {
    Upload upload = find(ref);
    if (upload.result != null) {
      throw S3ErrorCode.NO_SUCH_UPLOAD.exception().with("UploadId", ref.uploadId());
    }
    return upload;
  }

  @Override
  public UploadInfo head(UploadRef upload) {
    synchronized (state) {
      return open(upload).info;
    }
  }

  @Override
  public PartInfo uploadPart(UploadRef ref, int partNumber, Payload payload) throws IOException {
    return uploadPart(ref, partNumber, payload, null);
  }

  @Override
  public PartInfo uploadPart(
      UploadRef ref, int partNumber, Payload payload, @Nullable KeyWrapping wrapping)
      throws IOException {
    synchronized (state) {
      Usage declared = Usage.ofPart(payload.lengthBytes().orElse(0));
      state.bucket(ref.bucket()).admit(declared.minus(open(ref).usage(partNumber)));
    }
    byte[] bytes = payload.stream().readAllBytes();
    synchronized (state) {
      PartInfo part =
          new PartInfo(
              partNumber,
              bytes.length,
              KeyWrapping.tag(wrapping, payload.etag()),
              MemoryState.now(),
              payload.checksums());
      Upload upload = open(ref);
      Usage change = Usage.ofPart(bytes.length).minus(upload.usage(partNumber));
      state.bucket(ref.bucket()).admit(change);
      upload.parts.put(partNumber, new StoredPart(part, bytes));
      return part;
    }
  }

  @Override
  public PartInfo copyPart(UploadRef ref, int partNumber, PartSource source) {
    synchronized (state) {
      Upload upload = open(ref);
      Stored from = state.read(source.object());
      ObjectInfo info = state.bucket(source.object().bucket()).view(from);
      source.keys().admit(info.encryption());
      if (source.conditions().evaluateRead(info) != Preconditions.Outcome.PROCEED) {
        throw S3ErrorCode.PRECONDITION_FAILED.exception();
      }
      ByteRange.FromTo range = source.range();
      if (range != null && range.last() >= info.sizeBytes()) {
        throw S3ErrorCode.INVALID_RANGE.exception().with("ActualObjectSize", info.sizeBytes());
      }
      byte[] bytes =
          range == null
              ? from.bytes()
              : Arrays.copyOfRange(from.bytes(), (int) range.first(), (int) range.last() + 1);
      ETag etag = KeyWrapping.tag(source.wrapping(), new ETag(BytesPayload.md5Hex(bytes)));
      ChecksumAlgorithm declared = upload.info.checksumAlgorithm();
      List<Checksum> checksums =
          declared == null ? List.of() : List.of(ChecksumDigest.checksum(declared, bytes));
      PartInfo part = new PartInfo(partNumber, bytes.length, etag, MemoryState.now(), checksums);
      Usage change = Usage.ofPart(bytes.length).minus(upload.usage(partNumber));
      state.bucket(ref.bucket()).admit(change);
      upload.parts.put(partNumber, new StoredPart(part, bytes));
      return part;
    }
  }

  @Override
  public ObjectInfo complete(UploadRef ref, CompleteOptions options) {
    synchronized (state) {
      Upload upload = find(ref);
      ObjectInfo result = upload.result;
      if (result != null) {
        if (!options.parts().equals(upload.completedWith)) {
          throw S3ErrorCode.NO_SUCH_UPLOAD.exception().with("UploadId", ref.uploadId());
        }
        return result;
      }
      Map<Integer, PartInfo> stored = new HashMap<>();
      upload.parts.forEach((number, part) -> stored.put(number, part.info()));
      PartAssembly assembly = PartAssembly.of(upload.info, options, stored, state.minPartSizeBytes);
      Bucket bucket = state.bucket(ref.bucket());
      options.conditions().checkWrite(bucket.currentInfo(ref.key()));
      bucket.admit(ref.key(), assembly.sizeBytes(), upload.usage());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (PartInfo part : assembly.parts()) {
        bytes.writeBytes(Objects.requireNonNull(upload.parts.get(part.partNumber())).bytes());
      }
      Stored object =
          new Stored(
              info(state.nextVersionId(bucket), upload, assembly),
              bytes.toByteArray(),
              upload.options.object().documents(),
              assembly.parts());
      bucket.add(object);
      upload.completedWith = options.parts();
      upload.result = bucket.view(object);
      upload.parts.clear();
      return bucket.view(object);
    }
  }

  private static ObjectInfo info(String versionId, Upload upload, PartAssembly assembly) {
    return new ObjectInfo(
        upload.info.key(),
        new ObjectVersion(versionId, true, false),
        assembly.sizeBytes(),
        assembly.etag(),
        MemoryState.now(),
        upload.info.metadata(),
        assembly.checksums(),
        assembly.parts().size(),
        upload.info.ownerId(),
        upload.info.encryption());
  }

  @Override
  public void abort(UploadRef upload) {
    synchronized (state) {
      open(upload);
      state.bucket(upload.bucket()).uploads.remove(upload.uploadId());
    }
  }

  @Override
  public List<PartInfo> listParts(UploadRef upload, int after, int limit) {
    synchronized (state) {
      return open(upload).parts.tailMap(after, false).values().stream()
          .map(StoredPart::info)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public UploadListing list(BucketName bucket, UploadQuery query) {
    synchronized (state) {
      List<UploadInfo> uploads =
          state.bucket(bucket).uploads.values().stream()
              .filter(upload -> upload.result == null)
              .map(upload -> upload.info)
              .sorted(Comparator.comparing(UploadInfo::key).thenComparing(UploadInfo::uploadId))
              .toList();
      MemoryPage<UploadInfo> page =
          new MemoryPage<>(query.prefix(), query.delimiter(), query.keyMarker(), query.limit());
      for (UploadInfo upload : uploads) {
        String key = upload.key().value();
        String idMarker = query.uploadIdMarker();
        boolean within =
            page.isAfterStart(key)
                || (idMarker != null
                    && key.equals(query.keyMarker())
                    && upload.uploadId().compareTo(idMarker) > 0);
        if (within && !page.offer(key, upload)) {
          break;
        }
      }
      return listing(page);
    }
  }

  private static UploadListing listing(MemoryPage<UploadInfo> page) {
    String next = page.next();
    List<UploadInfo> rows = page.rows();
    @Nullable String nextId =
        next == null || page.endsWithPrefix() ? null : rows.get(rows.size() - 1).uploadId();
    return new UploadListing(rows, page.commonPrefixes(), next, nextId);
  }
}
