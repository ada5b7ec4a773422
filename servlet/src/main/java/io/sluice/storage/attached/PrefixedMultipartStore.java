package io.sluice.storage.attached;

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

/**
 * The uploads below a prefix, under the keys that they have behind it. Thread-safe.
 *
 * @param there all uploads
 * @param prefix what stands in front of their keys
 */
record PrefixedMultipartStore(MultipartStore there, KeyPrefix prefix) implements MultipartStore {
  @Override
  public UploadInfo create(ObjectRef target, UploadOptions options) throws IOException {
    return prefix.here(there.create(prefix.there(target), options));
  }

  @Override
  public UploadInfo head(UploadRef upload) throws IOException {
    return prefix.here(there.head(prefix.there(upload)));
  }

  @Override
  public PartInfo uploadPart(UploadRef upload, int partNumber, Payload payload) throws IOException {
    return there.uploadPart(prefix.there(upload), partNumber, payload);
  }

  @Override
  public PartInfo uploadPart(
      UploadRef upload, int partNumber, Payload payload, @Nullable KeyWrapping wrapping)
      throws IOException {
    return there.uploadPart(prefix.there(upload), partNumber, payload, wrapping);
  }

  @Override
  public PartInfo copyPart(UploadRef upload, int partNumber, PartSource source) throws IOException {
    PartSource renamed =
        new PartSource(
            prefix.there(source.object()),
            source.range(),
            source.conditions(),
            source.keys(),
            source.wrapping());
    return there.copyPart(prefix.there(upload), partNumber, renamed);
  }

  @Override
  public ObjectInfo complete(UploadRef upload, CompleteOptions options) throws IOException {
    return prefix.here(there.complete(prefix.there(upload), options));
  }

  @Override
  public void abort(UploadRef upload) throws IOException {
    there.abort(prefix.there(upload));
  }

  @Override
  public List<PartInfo> listParts(UploadRef upload, int after, int limit) throws IOException {
    return there.listParts(prefix.there(upload), after, limit);
  }

  @Override
  public UploadListing list(BucketName bucket, UploadQuery query) throws IOException {
    UploadListing page =
        there.list(
            bucket,
            new UploadQuery(
                prefix.behind(query.prefix()),
                query.delimiter(),
                prefix.behind(query.keyMarker()),
                query.uploadIdMarker(),
                query.limit()));
    return new UploadListing(
        page.uploads().stream().map(prefix::here).toList(),
        prefix.here(page.commonPrefixes()),
        prefix.hereOrNull(page.nextKeyMarker()),
        page.nextUploadIdMarker());
  }
}
