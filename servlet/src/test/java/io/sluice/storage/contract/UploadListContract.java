package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What listings of uploads show. */
public abstract class UploadListContract extends ContractFixture {
  private String begin(String key) throws IOException {
    UploadOptions options = new UploadOptions(write(), null, null);
    return storage.uploads().create(ref(key), options).uploadId();
  }

  private UploadListing page(
      String prefix, @Nullable String delimiter, @Nullable String key, @Nullable String id)
      throws IOException {
    return storage.uploads().list(bucket, new UploadQuery(prefix, delimiter, key, id, 1000));
  }

  private static List<String> ids(UploadListing listing) {
    return listing.uploads().stream().map(upload -> upload.uploadId()).toList();
  }

  @Test
  void uploadsComeByKeyAndThenByTime() throws IOException {
    String b1 = begin("b");
    String a1 = begin("a");
    String b2 = begin("b");
    String ab = begin("a/b");
    assertThat(ids(page("", null, null, null))).containsExactly(a1, ab, b1, b2);
    assertThat(ids(page("b", null, null, null))).containsExactly(b1, b2);
    assertThat(page("", null, null, null).uploads().get(0).key())
        .isEqualTo(storage.uploads().head(upload("a", a1)).key());
  }

  @Test
  void uploadsAreGrouped() throws IOException {
    String a = begin("a");
    begin("b/1");
    begin("b/2");
    String c = begin("c");
    UploadListing listing = page("", "/", null, null);
    assertThat(ids(listing)).containsExactly(a, c);
    assertThat(listing.commonPrefixes()).containsExactly("b/");
    UploadListing two = storage.uploads().list(bucket, new UploadQuery("", "/", null, null, 2));
    assertThat(two.nextKeyMarker()).isEqualTo("b/");
    assertThat(two.nextUploadIdMarker()).isNull();
    assertThat(ids(page("", "/", "b/", null))).containsExactly(c);
  }

  @Test
  void markersSkip() throws IOException {
    begin("a");
    String a2 = begin("a");
    String a3 = begin("a");
    String b = begin("b");
    assertThat(ids(page("", null, "a", null))).containsExactly(b);
    assertThat(ids(page("", null, "a", a2))).containsExactly(a3, b);
    storage.uploads().abort(upload("a", a2));
    assertThat(ids(page("", null, "a", a2))).containsExactly(a3, b);
  }

  @Test
  void pagesTogetherAreTheWhole() throws IOException {
    for (String key : List.of("a", "b", "a", "c", "a", "b")) {
      begin(key);
    }
    List<String> all = ids(page("", null, null, null));
    for (int limit = 1; limit < 8; limit++) {
      List<String> seen = new ArrayList<>();
      String key = null;
      String id = null;
      do {
        UploadListing listing =
            storage.uploads().list(bucket, new UploadQuery("", null, key, id, limit));
        seen.addAll(ids(listing));
        key = listing.nextKeyMarker();
        id = listing.nextUploadIdMarker();
      } while (key != null);
      assertThat(seen).isEqualTo(all);
    }
  }

  @Test
  void anAbsentBucketIsSaidToBeSo() {
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () ->
            storage
                .uploads()
                .list(new BucketName("absent"), new UploadQuery("", null, null, null, 1)));
  }
}
