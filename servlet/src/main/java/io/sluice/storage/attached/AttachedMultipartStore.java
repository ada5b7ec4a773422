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
import io.sluice.storage.Storage;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uploads, wherever their buckets live. Thread-safe. */
final class AttachedMultipartStore implements MultipartStore {
  private final BucketDirectory directory;

  AttachedMultipartStore(BucketDirectory directory) {
    this.directory = directory;
  }

  @Override
  public UploadInfo create(ObjectRef target, UploadOptions options) throws IOException {
    Place place = directory.locate(target.bucket());
    return place
        .storageFor(options.object().wrapping())
        .uploads()
        .create(place.object(target), options);
  }

  @Override
  public UploadInfo head(UploadRef upload) throws IOException {
    Place place = directory.locate(upload.bucket());
    return place.storage().uploads().head(place.upload(upload));
  }

  @Override
  public PartInfo uploadPart(UploadRef upload, int partNumber, Payload payload) throws IOException {
    Place place = directory.locate(upload.bucket());
    return place.storage().uploads().uploadPart(place.upload(upload), partNumber, payload);
  }

  @Override
  public PartInfo uploadPart(
      UploadRef upload, int partNumber, Payload payload, @Nullable KeyWrapping wrapping)
      throws IOException {
    Place place = directory.locate(upload.bucket());
    return place
        .storageFor(wrapping)
        .uploads()
        .uploadPart(place.upload(upload), partNumber, payload, wrapping);
  }

  @Override
  public PartInfo copyPart(UploadRef upload, int partNumber, PartSource source) throws IOException {
    Place from = directory.locate(source.object().bucket());
    Place to = directory.locate(upload.bucket());
    from.admitSource(source.keys());
    PartSource there =
        new PartSource(
            from.object(source.object()),
            source.range(),
            source.conditions(),
            source.keys(),
            source.wrapping());
    Storage target = to.storageFor(source.wrapping());
    if (from.storage() == to.storage()) {
      return target.uploads().copyPart(to.upload(upload), partNumber, there);
    }
    return StreamedCopies.copyPart(from, target, to.upload(upload), partNumber, there);
  }

  @Override
  public ObjectInfo complete(UploadRef upload, CompleteOptions options) throws IOException {
    Place place = directory.locate(upload.bucket());
    return place.storage().uploads().complete(place.upload(upload), options);
  }

  @Override
  public void abort(UploadRef upload) throws IOException {
    Place place = directory.locate(upload.bucket());
    place.storage().uploads().abort(place.upload(upload));
  }

  @Override
  public List<PartInfo> listParts(UploadRef upload, int after, int limit) throws IOException {
    Place place = directory.locate(upload.bucket());
    return place.storage().uploads().listParts(place.upload(upload), after, limit);
  }

  @Override
  public UploadListing list(BucketName bucket, UploadQuery query) throws IOException {
    Place place = directory.locate(bucket);
    return place.storage().uploads().list(place.bucket(), query);
  }
}
