package io.sluice.storage.local;

import io.sluice.model.UploadInfo;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.KeyGroups;
import io.sluice.storage.local.index.OpaqueIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A page of uploads. */
final class UploadsListing {
  private final BucketRecord bucket;
  private final UploadQuery query;
  private final KeyGroups groups;
  private final List<UploadInfo> uploads = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private @Nullable String lastKey;
  private @Nullable String lastId;

  UploadsListing(BucketRecord bucket, UploadQuery query) {
    this.bucket = bucket;
    this.query = query;
    this.groups = new KeyGroups(query.prefix(), query.delimiter());
  }

  UploadListing page(IndexDatabase database) throws IOException {
    int id = bucket.id();
    try (IndexScan scan = database.scan(Column.UPLOADS, groups.from(id), groups.to(id))) {
      start(scan);
      while (scan.valid()) {
        if (uploads.size() + commonPrefixes.size() == query.limit()) {
          return new UploadListing(uploads, commonPrefixes, lastKey, lastId);
        }
        byte[] group = groups.groupOf(IndexKeys.keyOfSequenced(scan.key()));
        if (group == null) {
          UploadInfo upload = IndexCodec.upload(scan.value()).info();
          uploads.add(upload);
          lastKey = upload.key().value();
          lastId = upload.uploadId();
          scan.next();
        } else {
          lastKey = CurrentListing.text(group);
          lastId = null;
          commonPrefixes.add(lastKey);
          scan.seek(IndexKeys.place(id, group, IndexKeys.ABOVE));
        }
      }
    }
    return new UploadListing(uploads, commonPrefixes, null, null);
  }

  private void start(IndexScan scan) {
    String keyMarker = query.keyMarker();
    if (keyMarker == null) {
      return;
    }
    byte[] key = IndexKeys.utf8(keyMarker);
    String idMarker = query.uploadIdMarker();
    OptionalLong sequence = idMarker == null ? OptionalLong.empty() : OpaqueIds.decode(idMarker);
    scan.seek(
        sequence.isPresent()
            ? IndexKeys.upload(bucket.id(), key, sequence.getAsLong() + 1)
            : groups.after(bucket.id(), key));
  }
}
