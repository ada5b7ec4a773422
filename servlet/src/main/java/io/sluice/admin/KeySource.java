package io.sluice.admin;

import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Keys that a job takes one after the other. Not thread-safe; used once. */
interface KeySource {
  /** The next key; null at the end. */
  @Nullable ObjectKey next() throws IOException;

  /** How many there are; null when nobody knows before the end. */
  @Nullable Long total();

  static KeySource of(List<ObjectKey> keys) {
    return of(keys.iterator(), keys.size());
  }

  static KeySource of(KeyTemplate template) {
    return of(
        LongStream.range(0, template.size()).mapToObj(template::key).iterator(), template.size());
  }

  private static KeySource of(Iterator<ObjectKey> keys, long total) {
    return new KeySource() {
      @Override
      public @Nullable ObjectKey next() {
        return keys.hasNext() ? keys.next() : null;
      }

      @Override
      public Long total() {
        return total;
      }
    };
  }

  /** What a bucket holds, by its listing. */
  static KeySource listing(ObjectStore objects, BucketName bucket, String prefix) {
    return new KeySource() {
      private final Queue<ObjectKey> page = new ArrayDeque<>();
      private @Nullable String after;
      private boolean last;

      @Override
      public @Nullable ObjectKey next() throws IOException {
        while (page.isEmpty() && !last) {
          Listing listing =
              objects.list(bucket, new ListQuery(prefix, null, after, ListQuery.MAX_LIMIT));
          listing.objects().stream().map(ObjectInfo::key).forEach(page::add);
          after = listing.next();
          last = after == null;
        }
        return page.poll();
      }

      @Override
      public @Nullable Long total() {
        return null;
      }
    };
  }
}
