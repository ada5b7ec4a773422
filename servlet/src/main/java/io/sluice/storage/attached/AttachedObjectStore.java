package io.sluice.storage.attached;

import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.option.Freshness;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Objects, wherever their buckets live. Thread-safe. */
final class AttachedObjectStore implements ObjectStore {
  private final BucketDirectory directory;
  private final OwnSettings own;

  AttachedObjectStore(BucketDirectory directory, OwnSettings own) {
    this.directory = directory;
    this.own = own;
  }

  /** The same read there, of a copy as the bucket's settings want it. */
  private ReadOptions reading(Place place, ObjectRef source, ReadOptions options)
      throws IOException {
    ReadOptions there = place.reading(options);
    Provider provider = place.provider();
    if (provider == null) {
      return there;
    }
    Optional<byte[]> freshness =
        place.aliased()
            ? directory.local().buckets().setting(source.bucket(), Freshness.SETTING)
            : own.get(provider, source.bucket(), Freshness.SETTING);
    return freshness.isEmpty() ? there : there.with(Freshness.parse(freshness.get()));
  }

  @Override
  public ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload)
      throws IOException {
    Place place = directory.locate(target.bucket());
    return place
        .admitting(options.wrapping())
        .objects()
        .put(place.object(target), options, payload);
  }

  @Override
  public ObjectContent get(ObjectRef source, ReadOptions options) throws IOException {
    Place place = directory.locate(source.bucket());
    return place.objects().get(place.object(source), reading(place, source, options));
  }

  @Override
  public ObjectInfo head(ObjectRef source, ReadOptions options) throws IOException {
    Place place = directory.locate(source.bucket());
    return place.objects().head(place.object(source), reading(place, source, options));
  }

  @Override
  public ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options)
      throws IOException {
    Place from = directory.locate(source.bucket());
    Place to = directory.locate(target.bucket());
    from.admitSource(options.sourceKeys());
    if (from.home() == to.home()) {
      ObjectRef there = from.prefix().there(from.object(source));
      ObjectRef made = to.prefix().there(to.object(target));
      ObjectStore objects = to.admitting(options.wrapping()).home().objects();
      return to.prefix().here(objects.copy(there, made, options));
    }
    return StreamedCopies.copy(from, to, source, target, options);
  }

  @Override
  public DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    Place place = directory.locate(target.bucket());
    return place.objects().delete(place.object(target), options);
  }

  @Override
  public List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    Place place = directory.locate(bucket);
    return place.objects().deleteAll(place.bucket(), targets);
  }

  @Override
  public Listing list(BucketName bucket, ListQuery query) throws IOException {
    Place place = directory.locate(bucket);
    return place.objects().list(place.bucket(), query);
  }

  @Override
  public VersionListing listVersions(BucketName bucket, VersionQuery query) throws IOException {
    Place place = directory.locate(bucket);
    return place.objects().listVersions(place.bucket(), query);
  }

  @Override
  public List<PartInfo> parts(ObjectRef source, int after, int limit) throws IOException {
    Place place = directory.locate(source.bucket());
    return place.objects().parts(place.object(source), after, limit);
  }

  @Override
  public Optional<byte[]> document(ObjectRef source, String name) throws IOException {
    Place place = directory.locate(source.bucket());
    return place.objects().document(place.object(source), name);
  }

  @Override
  public ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException {
    Place place = directory.locate(target.bucket());
    return place.objects().putDocument(place.object(target), name, document, guard);
  }

  @Override
  public ObjectInfo deleteDocument(ObjectRef target, String name) throws IOException {
    Place place = directory.locate(target.bucket());
    return place.objects().deleteDocument(place.object(target), name);
  }

  @Override
  public void rename(ObjectRef source, ObjectKey target, RenameOptions options) throws IOException {
    Place place = directory.locate(source.bucket());
    place.objects().rename(place.object(source), target, options);
  }

  @Override
  public ObjectInfo append(
      ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    Place place = directory.locate(target.bucket());
    return place
        .admitting(options.wrapping())
        .objects()
        .append(place.object(target), offsetBytes, options, payload);
  }

  @Override
  public ObjectInfo setStorageClass(ObjectRef target, String storageClass, VersionGuard guard)
      throws IOException {
    Place place = directory.locate(target.bucket());
    return place.objects().setStorageClass(place.object(target), storageClass, guard);
  }

  @Override
  public ObjectInfo setEncryption(
      ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, VersionGuard guard)
      throws IOException {
    Place place = directory.locate(target.bucket());
    return place.objects().setEncryption(place.object(target), keys, wrapping, guard);
  }
}
