package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.option.BackendBucket;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of objects, to those who may read or list them. Thread-safe. */
final class ObjectAdmin {
  private static final String KEY = "key";
  private static final String VERSION = "versionId";
  private static final String PREFIX = "prefix";
  private static final String AFTER = "after";
  private static final String LIMIT = "limit";

  private final Storage storage;
  private final AdminServlet.Place place;

  ObjectAdmin(Storage storage, AdminServlet.Place place) {
    this.storage = storage;
    this.place = place;
  }

  /**
   * A page of objects.
   *
   * @param next the {@code after} of the next page; null on the last one
   */
  record ObjectViews(List<ObjectView> objects, @Nullable String next) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
                "GET",
                "/buckets/{bucket}/object",
                "All that is known of an object.",
                null,
                ObjectView.class,
                this::stat)
            .forEverybody(KEY, VERSION),
        new AdminRoute(
                "GET",
                "/buckets/{bucket}/objects",
                "A page of objects, in the order of their keys.",
                null,
                ObjectViews.class,
                this::list)
            .forEverybody(PREFIX, AFTER, LIMIT));
  }

  private ObjectView stat(AdminRequest request, List<String> parameters) throws IOException {
    BucketName bucket = new BucketName(parameters.get(0));
    ObjectKey key =
        new ObjectKey(
            request
                .query()
                .nonEmpty(KEY)
                .orElseThrow(() -> S3ErrorCode.INVALID_REQUEST.exception("key is missing.")));
    S3Target target = new S3Target.ObjectTarget(bucket, key);
    request.permission().require(S3Operation.HEAD_OBJECT, target);
    String version = request.query().nonEmpty(VERSION).orElse(null);
    ObjectRef ref = new ObjectRef(bucket, key, version);
    return view(bucket).of(storage.objects().head(ref, ReadOptions.ALL), request.administers());
  }

  private ObjectViews list(AdminRequest request, List<String> parameters) throws IOException {
    BucketName bucket = new BucketName(parameters.get(0));
    request.permission().require(S3Operation.LIST_OBJECTS_V2, new S3Target.BucketTarget(bucket));
    ListQuery query =
        new ListQuery(
            request.query().nonEmpty(PREFIX).orElse(""),
            null,
            request.query().nonEmpty(AFTER).orElse(null),
            limit(request.query().nonEmpty(LIMIT)));
    Listing listing = storage.objects().list(bucket, query);
    Seen seen = view(bucket);
    return new ObjectViews(
        listing.objects().stream().map(info -> seen.of(info, request.administers())).toList(),
        listing.next());
  }

  private static int limit(Optional<String> value) {
    String text = value.orElse(Integer.toString(ListQuery.MAX_LIMIT));
    if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > ListQuery.MAX_LIMIT) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(
          "limit is a number from 1 to " + ListQuery.MAX_LIMIT + ".");
    }
    return Integer.parseInt(text);
  }

  /** Makes views of the objects of one bucket. */
  private interface Seen {
    ObjectView of(ObjectInfo info, boolean whole);
  }

  private Seen view(BucketName bucket) throws IOException {
    BucketInfo info = storage.buckets().head(bucket);
    byte @Nullable [] backend =
        storage.buckets().setting(bucket, BackendBucket.SETTING).orElse(null);
    boolean here = backend != null || info.provider().isEmpty();
    String provider = here ? place.localName() : info.provider();
    String source = backend == null ? info.provider() : BackendBucket.parse(backend).provider();
    ObjectView.Home home =
        new ObjectView.Home(
            provider, bucket, source, place.data(), storage.cache(bucket).orElse(null));
    return (object, whole) -> ObjectView.of(object, home, whole);
  }
}
