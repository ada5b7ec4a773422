package io.sluice.operation.bucket;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ShownOwners;
import io.sluice.lifecycle.Archives;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.bucket.ListingPage.Contents;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.ObjectStore;
import io.sluice.xml.CommonPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of objects by marker. As on AWS, the next marker is given only with a delimiter; without
 * one it is the last key. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html">API</a>.
 */
final class ListObjects implements OperationHandler {
  private final ObjectStore objects;
  private final Acls acls;
  private final Archives archives;

  ListObjects(ObjectStore objects, Acls acls, Archives archives) {
    this.objects = objects;
    this.acls = acls;
    this.archives = archives;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_OBJECTS;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ListingPage page = ListingPage.from(request);
    String marker = request.query().get("marker");
    Listing listing = page.list(objects, request, marker);
    ShownOwners owners = acls.owners(request.bucket());
    RestoreStatus.Lookup restored = RestoreStatus.lookup(request, archives);
    List<Contents> contents = new ArrayList<>();
    for (ObjectInfo info : listing.objects()) {
      contents.add(page.contents(info, owners.of(info.ownerId()), restored.of(info)));
    }
    return S3Response.ok(
        new ListBucketResult(
            page.bucket(),
            page.encoding().encodeIfNeeded(page.prefix()),
            page.encoding().encodeName(marker == null ? "" : marker),
            page.delimiter() == null ? null : page.encoding().encode(listing.next()),
            page.maxKeys(),
            page.encoding().encode(page.delimiter()),
            listing.next() != null,
            page.encoding().element(),
            contents,
            page.commonPrefixes(listing.commonPrefixes())));
  }

  @JsonRootName("ListBucketResult")
  record ListBucketResult(
      String name,
      String prefix,
      String marker,
      @Nullable String nextMarker,
      int maxKeys,
      @Nullable String delimiter,
      boolean isTruncated,
      @Nullable String encodingType,
      List<Contents> contents,
      List<CommonPrefix> commonPrefixes) {}
}
