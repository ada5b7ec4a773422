package io.sluice.operation.bucket;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ShownOwners;
import io.sluice.lifecycle.Archives;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.bucket.ListingPage.Contents;
import io.sluice.protocol.ContinuationToken;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.ObjectStore;
import io.sluice.uri.QueryString;
import io.sluice.xml.CommonPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of objects by continuation token. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">API</a>.
 */
final class ListObjectsV2 implements OperationHandler {
  private final ObjectStore objects;
  private final Acls acls;
  private final Archives archives;

  ListObjectsV2(ObjectStore objects, Acls acls, Archives archives) {
    this.objects = objects;
    this.acls = acls;
    this.archives = archives;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_OBJECTS_V2;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    QueryString query = request.query();
    ListingPage page = ListingPage.from(request);
    String token = query.get("continuation-token");
    if (token != null && token.isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The continuation token provided is incorrect")
          .with("ArgumentName", "continuation-token");
    }
    String startAfter = query.get("start-after");
    boolean fetchOwner = "true".equals(query.get("fetch-owner"));
    ShownOwners owners = fetchOwner ? acls.owners(request.bucket()) : null;
    Listing listing =
        page.list(objects, request, token == null ? startAfter : ContinuationToken.parse(token));
    RestoreStatus.Lookup restored = RestoreStatus.lookup(request, archives);
    List<Contents> contents = new ArrayList<>();
    for (ObjectInfo info : listing.objects()) {
      contents.add(
          page.contents(
              info, owners == null ? null : owners.of(info.ownerId()), restored.of(info)));
    }
    return S3Response.ok(
        new ListBucketResult(
            page.bucket(),
            page.encoding().encodeName(page.prefix()),
            page.encoding().encode(page.delimiter()),
            page.maxKeys(),
            page.encoding().element(),
            listing.objects().size() + listing.commonPrefixes().size(),
            listing.next() != null,
            token,
            listing.next() == null ? null : ContinuationToken.of(listing.next()),
            page.encoding().encode(startAfter),
            contents,
            page.commonPrefixes(listing.commonPrefixes())));
  }

  @JsonRootName("ListBucketResult")
  record ListBucketResult(
      String name,
      String prefix,
      @Nullable String delimiter,
      int maxKeys,
      @Nullable String encodingType,
      int keyCount,
      boolean isTruncated,
      @Nullable String continuationToken,
      @Nullable String nextContinuationToken,
      @Nullable String startAfter,
      List<Contents> contents,
      List<CommonPrefix> commonPrefixes) {}
}
