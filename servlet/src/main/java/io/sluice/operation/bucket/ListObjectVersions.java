package io.sluice.operation.bucket;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ShownOwners;
import io.sluice.lifecycle.Archives;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumType;
import io.sluice.model.ObjectInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.uri.QueryString;
import io.sluice.xml.CommonPrefix;
import io.sluice.xml.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of versions and delete markers. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">API</a>.
 */
final class ListObjectVersions implements OperationHandler {
  private final ObjectStore objects;
  private final Acls acls;
  private final Archives archives;

  ListObjectVersions(ObjectStore objects, Acls acls, Archives archives) {
    this.objects = objects;
    this.acls = acls;
    this.archives = archives;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_OBJECT_VERSIONS;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.VERSIONING);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    QueryString query = request.query();
    ListingPage page = ListingPage.from(request);
    String keyMarker = query.get("key-marker");
    String versionIdMarker = query.nonEmpty("version-id-marker").orElse(null);
    if (versionIdMarker != null && (keyMarker == null || keyMarker.isEmpty())) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("A version-id marker cannot be specified without a key marker.")
          .with("ArgumentName", "version-id-marker")
          .with("ArgumentValue", versionIdMarker);
    }
    VersionListing listing =
        objects.listVersions(
            request.bucket(),
            new VersionQuery(
                page.prefix(),
                page.delimiter(),
                keyMarker,
                versionIdMarker,
                Math.max(page.maxKeys(), 1)));
    if (page.maxKeys() == 0) {
      listing = new VersionListing(List.of(), List.of(), null, null);
    }
    ShownOwners owners = acls.owners(request.bucket());
    RestoreStatus.Lookup restored = RestoreStatus.lookup(request, archives);
    List<Version> versions = new ArrayList<>();
    for (ObjectInfo info : listing.versions()) {
      if (!info.version().deleteMarker()) {
        versions.add(version(page, info, owners.of(info.ownerId()), restored.of(info)));
      }
    }
    return S3Response.ok(
        result(page, new Markers(keyMarker, versionIdMarker), listing, versions, owners));
  }

  private static ListVersionsResult result(
      ListingPage page,
      Markers markers,
      VersionListing listing,
      List<Version> versions,
      ShownOwners owners) {
    String keyMarker = markers.key();
    String versionIdMarker = markers.versionId();
    return new ListVersionsResult(
        page.bucket(),
        page.encoding().encodeName(page.prefix()),
        page.encoding().encodeName(keyMarker == null ? "" : keyMarker),
        versionIdMarker == null ? "" : versionIdMarker,
        page.encoding().encode(listing.nextKeyMarker()),
        listing.nextVersionIdMarker(),
        page.maxKeys(),
        page.encoding().encode(page.delimiter()),
        listing.nextKeyMarker() != null,
        page.encoding().element(),
        versions,
        listing.versions().stream()
            .filter(info -> info.version().deleteMarker())
            .map(info -> deleteMarker(page, info, owners.of(info.ownerId())))
            .toList(),
        page.commonPrefixes(listing.commonPrefixes()));
  }

  private record Markers(@Nullable String key, @Nullable String versionId) {}

  private static Version version(
      ListingPage page, ObjectInfo info, Owner owner, @Nullable RestoreStatus restored) {
    List<Checksum> checksums = info.checksums();
    return new Version(
        page.encoding().encodeName(info.key().value()),
        info.version().idOrNull(),
        info.version().latest(),
        HttpDate.iso(info.modifiedAt()),
        info.etag().quoted(),
        checksums.stream().map(checksum -> checksum.algorithm().wireName()).toList(),
        checksums.isEmpty() ? null : checksums.get(0).type(),
        info.sizeBytes(),
        info.metadata().storageClass(),
        owner,
        restored);
  }

  private static DeleteMarker deleteMarker(ListingPage page, ObjectInfo info, Owner owner) {
    return new DeleteMarker(
        page.encoding().encodeName(info.key().value()),
        info.version().idOrNull(),
        info.version().latest(),
        HttpDate.iso(info.modifiedAt()),
        owner);
  }

  @JsonRootName("ListVersionsResult")
  record ListVersionsResult(
      String name,
      String prefix,
      String keyMarker,
      String versionIdMarker,
      @Nullable String nextKeyMarker,
      @Nullable String nextVersionIdMarker,
      int maxKeys,
      @Nullable String delimiter,
      boolean isTruncated,
      @Nullable String encodingType,
      List<Version> version,
      List<DeleteMarker> deleteMarker,
      List<CommonPrefix> commonPrefixes) {}

  record Version(
      String key,
      String versionId,
      boolean isLatest,
      String lastModified,
      String eTag,
      List<String> checksumAlgorithm,
      @Nullable ChecksumType checksumType,
      long size,
      String storageClass,
      Owner owner,
      @Nullable RestoreStatus restoreStatus) {}

  record DeleteMarker(
      String key, String versionId, boolean isLatest, String lastModified, Owner owner) {}
}
