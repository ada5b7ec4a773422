package io.sluice.storage.local;

import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.KeyGroups;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of all versions: the rows of {@code current} and of {@code versions}, merged by key, the
 * current one of a key first.
 */
final class VersionsListing {
  private final BucketRecord bucket;
  private final VersionQuery query;
  private final KeyGroups groups;
  private final List<ObjectInfo> versions = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private String lastKey = "";
  private @Nullable String lastVersionId;

  /** Whose newest version was passed, seen or skipped; its further ones are not the latest. */
  private byte @Nullable [] passedKey;

  VersionsListing(BucketRecord bucket, VersionQuery query) {
    this.bucket = bucket;
    this.query = query;
    this.groups = new KeyGroups(query.prefix(), query.delimiter());
  }

  VersionListing page(IndexDatabase database, ObjectIndex index) throws IOException {
    int id = bucket.id();
    try (IndexScan current = database.scan(Column.CURRENT, groups.from(id), groups.to(id));
        IndexScan others = database.scan(Column.VERSIONS, groups.from(id), groups.to(id))) {
      start(current, others, index);
      while (true) {
        byte[] currentKey = current.valid() ? IndexKeys.keyOfObject(current.key()) : null;
        byte[] otherKey = others.valid() ? IndexKeys.keyOfSequenced(others.key()) : null;
        if (currentKey == null && otherKey == null) {
          return new VersionListing(versions, commonPrefixes, null, null);
        }
        if (versions.size() + commonPrefixes.size() == query.limit()) {
          return new VersionListing(versions, commonPrefixes, lastKey, lastVersionId);
        }
        boolean takeCurrent =
            otherKey == null
                || (currentKey != null && Arrays.compareUnsigned(currentKey, otherKey) <= 0);
        byte[] key = takeCurrent && currentKey != null ? currentKey : otherKey;
        if (key == null) {
          throw new IllegalStateException("A row without a key");
        }
        byte[] group = groups.groupOf(key);
        if (group != null) {
          lastKey = CurrentListing.text(group);
          lastVersionId = null;
          commonPrefixes.add(lastKey);
          current.seek(IndexKeys.place(id, group, IndexKeys.ABOVE));
          others.seek(IndexKeys.place(id, group, IndexKeys.ABOVE));
        } else {
          IndexScan from = takeCurrent ? current : others;
          add(key, IndexCodec.version(from.value()));
          from.next();
        }
      }
    }
  }

  private void add(byte[] key, VersionRecord version) {
    boolean latest = !Arrays.equals(key, passedKey);
    passedKey = key;
    lastKey = CurrentListing.text(key);
    ObjectInfo info = version.info(new ObjectKey(lastKey), bucket.versioning(), latest);
    lastVersionId = info.version().idOrNull();
    versions.add(info);
  }

  private void start(IndexScan current, IndexScan others, ObjectIndex index) throws IOException {
    String marker = query.keyMarker();
    if (marker == null) {
      return;
    }
    int id = bucket.id();
    byte[] key = IndexKeys.utf8(marker);
    String versionMarker = query.versionIdMarker();
    if (versionMarker == null) {
      byte[] after = groups.after(id, key);
      current.seek(after);
      others.seek(after);
      return;
    }
    Place place = Place.of(bucket, new ObjectKey(marker));
    VersionRecord now = index.current(place);
    OptionalLong sequence =
        now != null && now.versionId().equals(versionMarker)
            ? OptionalLong.of(now.sequence())
            : index.sequenceOf(place, versionMarker);
    // A version written since the marker's page stands in front of the marker: not shown.
    boolean currentIsBehind =
        now != null && sequence.isPresent() && now.sequence() < sequence.getAsLong();
    current.seek(currentIsBehind ? place.row() : IndexKeys.place(id, key, IndexKeys.BEHIND));
    others.seek(
        sequence.isPresent()
            ? place.row(sequence.getAsLong() - 1)
            : IndexKeys.place(id, key, IndexKeys.BEHIND));
    passedKey = currentIsBehind ? null : key;
  }
}
