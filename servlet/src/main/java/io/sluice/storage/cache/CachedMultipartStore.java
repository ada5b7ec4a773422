package io.sluice.storage.cache;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.PartSource;
import io.sluice.storage.Payload;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uploads go to the back end; a completion writes its object. Thread-safe. */
final class CachedMultipartStore implements MultipartStore {
  private final MultipartStore base;
  private final CacheReads reads;

  CachedMultipartStore(MultipartStore base, CacheReads reads) {
    this.base = base;
    this.reads = reads;
  }

  @Override
  public UploadInfo create(ObjectRef target, UploadOptions options) throws IOException {
    return base.create(target, options);
  }

  @Override
  public UploadInfo head(UploadRef upload) throws IOException {
    return base.head(upload);
  }

  @Override
  public PartInfo uploadPart(UploadRef upload, int partNumber, Payload payload) throws IOException {
    return base.uploadPart(upload, partNumber, payload);
  }

  @Override
  public PartInfo uploadPart(
      UploadRef upload, int partNumber, Payload payload, @Nullable KeyWrapping wrapping)
      throws IOException {
    return base.uploadPart(upload, partNumber, payload, wrapping);
  }

  @Override
  public PartInfo copyPart(UploadRef upload, int partNumber, PartSource source) throws IOException {
    return base.copyPart(upload, partNumber, source);
  }

  @Override
  public ObjectInfo complete(UploadRef upload, CompleteOptions options) throws IOException {
    CacheKey key = new CacheKey(upload.bucket(), upload.key());
    return CachedObjectStore.make(reads, key, () -> base.complete(upload, options));
  }

  @Override
  public void abort(UploadRef upload) throws IOException {
    base.abort(upload);
  }

  @Override
  public List<PartInfo> listParts(UploadRef upload, int after, int limit) throws IOException {
    return base.listParts(upload, after, limit);
  }

  @Override
  public UploadListing list(BucketName bucket, UploadQuery query) throws IOException {
    return base.list(bucket, query);
  }
}
