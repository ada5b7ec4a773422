package io.sluice.storage.remote;

import io.sluice.model.BucketName;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.model.PartInfo;
import io.sluice.model.Utf8Order;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.storage.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Pages of a remote's listings. What they do not tell of an object is empty. Thread-safe. */
final class RemoteListings {
  /** Above every key that begins with what stands before it. */
  private static final String LAST_CHARACTER = "\uDBFF\uDFFF";

  private static final Comparator<ObjectInfo> NEWEST_FIRST =
      Comparator.comparing(ObjectInfo::key)
          .thenComparing(info -> !info.version().latest())
          .thenComparing(ObjectInfo::modifiedAt, Comparator.reverseOrder());

  private static final int MAX_PARTS = 1000;
  private static final Pattern ENTRY = Pattern.compile("<(Version|DeleteMarker)[\\s/>]");

  private final RemoteEndpoint endpoint;

  RemoteListings(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  Listing list(BucketName bucket, ListQuery query) {
    String after = startAfter(query);
    String token = null;
    while (true) {
      String continued = token;
      ListObjectsV2Response page =
          endpoint
              .errors()
              .call(
                  () ->
                      endpoint
                          .client()
                          .listObjectsV2(
                              request ->
                                  request
                                      .bucket(bucket.value())
                                      .prefix(query.prefix().isEmpty() ? null : query.prefix())
                                      .delimiter(query.delimiter())
                                      .startAfter(after)
                                      .continuationToken(continued)
                                      .maxKeys(query.limit())
                                      .encodingType(EncodingType.URL)));
      List<ObjectInfo> objects = page.contents().stream().map(this::object).toList();
      List<String> prefixes =
          page.commonPrefixes().stream()
              .map(CommonPrefix::prefix)
              .filter(prefix -> !prefix.equals(query.after()))
              .toList();
      boolean more = Boolean.TRUE.equals(page.isTruncated());
      if (!more || !objects.isEmpty() || !prefixes.isEmpty()) {
        return new Listing(objects, prefixes, more ? last(objects, prefixes) : null);
      }
      token = page.nextContinuationToken();
    }
  }

  /** A common prefix is skipped whole, where S3 would begin with the first key below it. */
  private static @Nullable String startAfter(ListQuery query) {
    String after = query.after();
    String delimiter = query.delimiter();
    if (after == null || delimiter == null || !after.startsWith(query.prefix())) {
      return after;
    }
    int found = after.indexOf(delimiter, query.prefix().length());
    boolean group = found >= 0 && found + delimiter.length() == after.length();
    return group ? after + LAST_CHARACTER : after;
  }

  private static @Nullable String last(List<ObjectInfo> objects, List<String> prefixes) {
    String key = objects.isEmpty() ? null : objects.get(objects.size() - 1).key().value();
    String prefix = prefixes.isEmpty() ? null : prefixes.get(prefixes.size() - 1);
    if (key == null || prefix == null) {
      return key == null ? prefix : key;
    }
    return Utf8Order.INSTANCE.compare(key, prefix) > 0 ? key : prefix;
  }

  private ObjectInfo object(S3Object object) {
    return entry(
        new ObjectKey(object.key()),
        ObjectVersion.UNVERSIONED,
        object.size(),
        object.eTag(),
        object.lastModified(),
        object.storageClassAsString());
  }

  private ObjectInfo entry(
      ObjectKey key,
      ObjectVersion version,
      @Nullable Long size,
      @Nullable String tag,
      @Nullable Instant modified,
      @Nullable String storageClass) {
    ETag etag = ETag.parse(tag == null ? "" : tag);
    return new ObjectInfo(
        key,
        version,
        size == null ? 0 : size,
        etag,
        RemoteEndpoint.date(modified),
        storageClass == null || storageClass.equals("STANDARD")
            ? ObjectMetadata.NONE
            : new ObjectMetadata(Map.of(ObjectMetadata.STORAGE_CLASS, storageClass), Map.of()),
        List.of(),
        ObjectHeaders.partCountOf(etag),
        endpoint.settings().ownerId());
  }

  VersionListing listVersions(BucketName bucket, VersionQuery query) {
    RawDocument.Exchanged raw = RawDocument.Exchanged.receiving();
    ListObjectVersionsResponse page =
        endpoint
            .errors()
            .call(
                () ->
                    endpoint
                        .client()
                        .listObjectVersions(
                            request ->
                                request
                                    .bucket(bucket.value())
                                    .prefix(query.prefix().isEmpty() ? null : query.prefix())
                                    .delimiter(query.delimiter())
                                    .keyMarker(query.keyMarker())
                                    .versionIdMarker(query.versionIdMarker())
                                    .maxKeys(query.limit())
                                    .encodingType(EncodingType.URL)
                                    .overrideConfiguration(raw.configuration())));
    boolean more = Boolean.TRUE.equals(page.isTruncated());
    return new VersionListing(
        inOrder(page, raw.received()),
        page.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        more ? page.nextKeyMarker() : null,
        more ? nonEmpty(page.nextVersionIdMarker()) : null);
  }

  private static @Nullable String nonEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /**
   * The SDK tells versions and delete markers apart and forgets how they lay between each other;
   * the document knows, and in it {@code <} is always the beginning of an element. Some remotes
   * write them apart, too; then their dates decide.
   */
  private List<ObjectInfo> inOrder(ListObjectVersionsResponse page, byte[] document) {
    List<ObjectInfo> all = new ArrayList<>();
    Iterator<software.amazon.awssdk.services.s3.model.ObjectVersion> versions =
        page.versions().iterator();
    Iterator<DeleteMarkerEntry> markers = page.deleteMarkers().iterator();
    Matcher entries = ENTRY.matcher(new String(document, StandardCharsets.UTF_8));
    while (entries.find()) {
      if (entries.group(1).equals("Version")) {
        software.amazon.awssdk.services.s3.model.ObjectVersion version = versions.next();
        all.add(
            entry(
                new ObjectKey(version.key()),
                new ObjectVersion(
                    version.versionId(), Boolean.TRUE.equals(version.isLatest()), false),
                version.size(),
                version.eTag(),
                version.lastModified(),
                version.storageClassAsString()));
      } else {
        DeleteMarkerEntry marker = markers.next();
        all.add(
            entry(
                new ObjectKey(marker.key()),
                new ObjectVersion(marker.versionId(), Boolean.TRUE.equals(marker.isLatest()), true),
                0L,
                null,
                marker.lastModified(),
                null));
      }
    }
    all.sort(NEWEST_FIRST);
    return all;
  }

  /** The parts of an object; the remote tells their sizes and checksums, not their tags. */
  List<PartInfo> parts(ObjectRef source, int after, int limit) {
    ObjectInfo object = endpoint.head(source, ReadOptions.ALL);
    List<PartInfo> parts = new ArrayList<>();
    if (object.partCount() == 0) {
      return parts;
    }
    int marker = after;
    while (parts.size() < limit) {
      int from = marker;
      int count = Math.min(limit - parts.size(), MAX_PARTS);
      GetObjectAttributesResponse answer =
          endpoint
              .errors()
              .call(
                  () ->
                      endpoint
                          .client()
                          .getObjectAttributes(
                              request ->
                                  request
                                      .bucket(source.bucket().value())
                                      .key(source.key().value())
                                      .versionId(source.versionId())
                                      .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                                      .partNumberMarker(from)
                                      .maxParts(count)));
      GetObjectAttributesParts page = answer.objectParts();
      if (page == null || page.parts().isEmpty()) {
        break;
      }
      page.parts()
          .forEach(
              part ->
                  parts.add(
                      new PartInfo(
                          part.partNumber(),
                          part.size(),
                          new ETag(""),
                          object.modifiedAt(),
                          Checksums.of(name -> part.getValueForField(name, String.class)))));
      marker = parts.get(parts.size() - 1).partNumber();
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        break;
      }
    }
    return parts;
  }

  /** The checksums among the SDK's fields, which have the names of the elements. */
  static final class Checksums {
    private Checksums() {}

    /** Where the value of a field comes from. */
    interface Fields {
      java.util.Optional<String> get(String elementName);
    }

    static List<io.sluice.model.Checksum> of(Fields fields) {
      List<io.sluice.model.Checksum> checksums = new ArrayList<>();
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        fields
            .get(algorithm.elementName())
            .ifPresent(value -> checksums.add(ObjectHeaders.checksum(algorithm, value)));
      }
      return checksums;
    }
  }
}
