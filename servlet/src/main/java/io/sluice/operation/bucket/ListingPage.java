package io.sluice.operation.bucket;

import io.sluice.model.Checksum;
import io.sluice.model.ChecksumType;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.protocol.EncodingType;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.storage.ObjectStore;
import io.sluice.uri.QueryString;
import io.sluice.xml.CommonPrefix;
import io.sluice.xml.Owner;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the listings have in common. Immutable. */
record ListingPage(
    String bucket, String prefix, @Nullable String delimiter, int maxKeys, EncodingType encoding) {
  static ListingPage from(S3Request request) {
    QueryString query = request.query();
    String prefix = query.get("prefix");
    return new ListingPage(
        request.bucket().value(),
        prefix == null ? "" : prefix,
        query.nonEmpty("delimiter").orElse(null),
        IntegerParameter.clipped("max-keys", query.get("max-keys"), ListQuery.MAX_LIMIT),
        EncodingType.of(query));
  }

  /** The page behind a name; an empty one when no keys are wanted, which AWS calls complete. */
  Listing list(ObjectStore objects, S3Request request, @Nullable String after) throws IOException {
    Listing listing =
        objects.list(
            request.bucket(), new ListQuery(prefix, delimiter, after, Math.max(maxKeys, 1)));
    return maxKeys == 0 ? new Listing(List.of(), List.of(), null) : listing;
  }

  List<CommonPrefix> commonPrefixes(List<String> prefixes) {
    return prefixes.stream().map(value -> new CommonPrefix(encoding.encodeName(value))).toList();
  }

  Contents contents(ObjectInfo info, @Nullable Owner owner, @Nullable RestoreStatus restored) {
    List<Checksum> checksums = info.checksums();
    return new Contents(
        encoding.encodeName(info.key().value()),
        HttpDate.iso(info.modifiedAt()),
        info.etag().quoted(),
        checksums.stream().map(checksum -> checksum.algorithm().wireName()).toList(),
        checksums.isEmpty() ? null : checksums.get(0).type(),
        info.sizeBytes(),
        info.metadata().storageClass(),
        owner,
        restored);
  }

  /** An object of a page. */
  record Contents(
      String key,
      String lastModified,
      String eTag,
      List<String> checksumAlgorithm,
      @Nullable ChecksumType checksumType,
      long size,
      String storageClass,
      @Nullable Owner owner,
      @Nullable RestoreStatus restoreStatus) {}
}
