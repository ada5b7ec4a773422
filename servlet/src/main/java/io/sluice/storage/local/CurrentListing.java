package io.sluice.storage.local;

import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.KeyGroups;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of current versions, at the cost of what it holds: a common prefix costs one seek. */
final class CurrentListing {
  private final BucketRecord bucket;
  private final ListQuery query;
  private final List<ObjectInfo> objects = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private @Nullable String last;

  CurrentListing(BucketRecord bucket, ListQuery query) {
    this.bucket = bucket;
    this.query = query;
  }

  Listing page(IndexDatabase database) throws IOException {
    KeyGroups groups = new KeyGroups(query.prefix(), query.delimiter());
    int id = bucket.id();
    try (IndexScan scan = database.scan(Column.CURRENT, groups.from(id), groups.to(id))) {
      String after = query.after();
      if (after != null) {
        scan.seek(groups.after(id, IndexKeys.utf8(after)));
      }
      while (scan.valid()) {
        if (objects.size() + commonPrefixes.size() == query.limit()) {
          return new Listing(objects, commonPrefixes, last);
        }
        byte[] key = IndexKeys.keyOfObject(scan.key());
        byte[] group = groups.groupOf(key);
        if (group == null) {
          last = text(key);
          objects.add(
              IndexCodec.version(scan.value())
                  .info(new ObjectKey(last), bucket.versioning(), true));
          scan.next();
        } else {
          last = text(group);
          commonPrefixes.add(last);
          scan.seek(IndexKeys.place(id, group, IndexKeys.ABOVE));
        }
      }
    }
    return new Listing(objects, commonPrefixes, null);
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
