package io.sluice.storage.attached;

import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.storage.ContentSink;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The objects below a prefix, under the keys that they have behind it. Thread-safe.
 *
 * @param there all objects
 * @param prefix what stands in front of their keys
 */
record PrefixedObjectStore(ObjectStore there, KeyPrefix prefix) implements ObjectStore {
  @Override
  public ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload)
      throws IOException {
    return prefix.here(there.put(prefix.there(target), options, payload));
  }

  @Override
  public ObjectContent get(ObjectRef source, ReadOptions options) throws IOException {
    try {
      ObjectContent content = there.get(prefix.there(source), options);
      return new Content(content, prefix.here(content.info()));
    } catch (NotModifiedException e) {
      throw new NotModifiedException(prefix.here(e.info()));
    }
  }

  /** An open object by its own key. */
  private record Content(ObjectContent content, ObjectInfo info) implements ObjectContent {
    @Override
    public ByteRange.Resolved range() {
      return content.range();
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      content.transferTo(sink);
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  @Override
  public ObjectInfo head(ObjectRef source, ReadOptions options) throws IOException {
    try {
      return prefix.here(there.head(prefix.there(source), options));
    } catch (NotModifiedException e) {
      throw new NotModifiedException(prefix.here(e.info()));
    }
  }

  @Override
  public ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options)
      throws IOException {
    return prefix.here(there.copy(prefix.there(source), prefix.there(target), options));
  }

  @Override
  public void rename(ObjectRef source, ObjectKey target, RenameOptions options) throws IOException {
    there.rename(prefix.there(source), prefix.there(target), options);
  }

  @Override
  public ObjectInfo append(
      ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    return prefix.here(there.append(prefix.there(target), offsetBytes, options, payload));
  }

  @Override
  public DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException {
    return prefix.here(there.delete(prefix.there(target), options));
  }

  @Override
  public List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets)
      throws IOException {
    List<DeleteTarget> all =
        targets.stream()
            .map(
                target ->
                    new DeleteTarget(
                        prefix.there(target.key()), target.versionId(), target.options()))
            .toList();
    return there.deleteAll(bucket, all).stream().map(prefix::here).toList();
  }

  @Override
  public Listing list(BucketName bucket, ListQuery query) throws IOException {
    Listing page =
        there.list(
            bucket,
            new ListQuery(
                prefix.behind(query.prefix()),
                query.delimiter(),
                prefix.behind(query.after()),
                query.limit()));
    return new Listing(
        page.objects().stream().map(prefix::here).toList(),
        prefix.here(page.commonPrefixes()),
        prefix.hereOrNull(page.next()));
  }

  @Override
  public VersionListing listVersions(BucketName bucket, VersionQuery query) throws IOException {
    VersionListing page =
        there.listVersions(
            bucket,
            new VersionQuery(
                prefix.behind(query.prefix()),
                query.delimiter(),
                prefix.behind(query.keyMarker()),
                query.versionIdMarker(),
                query.limit()));
    return new VersionListing(
        page.versions().stream().map(prefix::here).toList(),
        prefix.here(page.commonPrefixes()),
        prefix.hereOrNull(page.nextKeyMarker()),
        page.nextVersionIdMarker());
  }

  @Override
  public List<PartInfo> parts(ObjectRef source, int after, int limit) throws IOException {
    return there.parts(prefix.there(source), after, limit);
  }

  @Override
  public Optional<byte[]> document(ObjectRef source, String name) throws IOException {
    return there.document(prefix.there(source), name);
  }

  @Override
  public ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException {
    return prefix.here(there.putDocument(prefix.there(target), name, document, guard));
  }

  @Override
  public ObjectInfo deleteDocument(ObjectRef target, String name) throws IOException {
    return prefix.here(there.deleteDocument(prefix.there(target), name));
  }

  @Override
  public ObjectInfo setStorageClass(ObjectRef target, String storageClass, VersionGuard guard)
      throws IOException {
    return prefix.here(there.setStorageClass(prefix.there(target), storageClass, guard));
  }

  @Override
  public ObjectInfo setEncryption(
      ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, VersionGuard guard)
      throws IOException {
    return prefix.here(there.setEncryption(prefix.there(target), keys, wrapping, guard));
  }
}
