package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.Versioning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What listings of current versions show. */
public abstract class ListContract extends ContractFixture {
  @Test
  void anEmptyBucketListsNothing() throws IOException {
    Listing listing = list("", null, null, 1000);
    assertThat(listing.objects()).isEmpty();
    assertThat(listing.commonPrefixes()).isEmpty();
    assertThat(listing.next()).isNull();
  }

  @Test
  void anAbsentBucketIsSaidToBeSo() {
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () -> storage.objects().list(new BucketName("absent"), new ListQuery("", null, null, 10)));
  }

  @Test
  void keysComeInTheOrderOfTheirUtf8Bytes() throws IOException {
    List<String> ordered =
        List.of(
            "\u0001",
            " ",
            "!",
            "%",
            "+",
            "-",
            ".",
            "..",
            "/",
            "//",
            "/x",
            "A",
            "a",
            "a/",
            "a/b",
            "ab",
            "b",
            "z",
            "\u00e9",
            "\u4e2d",
            "\uffee",
            "\ud83d\ude00",
            "\udbff\udfff");
    for (int i = ordered.size() - 1; i >= 0; i--) {
      put(ordered.get(i), "x");
    }
    assertThat(keys(list("", null, null, 1000))).isEqualTo(ordered);
    assertThat(pages("", null, 1)).isEqualTo(ordered);
    assertThat(pages("", null, 7)).isEqualTo(ordered);
  }

  @Test
  void aPageShowsWhatHeadDoes() throws IOException {
    put("k", "x");
    Listing page = list("", null, null, 1);
    assertThat(page.objects()).hasSize(1);
    assertSame(page.objects().get(0), head("k"));
  }

  @Test
  void aPrefixSelects() throws IOException {
    putAll("a", "a/1", "a/2", "ab", "b");
    assertThat(keys(list("a", null, null, 10))).containsExactly("a", "a/1", "a/2", "ab");
    assertThat(keys(list("a/", null, null, 10))).containsExactly("a/1", "a/2");
    assertThat(keys(list("c", null, null, 10))).isEmpty();
    assertThat(keys(list("a/2x", null, null, 10))).isEmpty();
  }

  @Test
  void aDelimiterGroups() throws IOException {
    putAll("a", "a/1", "a/2", "a/b/3", "b/1", "c");
    Listing top = list("", "/", null, 10);
    assertThat(keys(top)).containsExactly("a", "c");
    assertThat(top.commonPrefixes()).containsExactly("a/", "b/");
    Listing inside = list("a/", "/", null, 10);
    assertThat(keys(inside)).containsExactly("a/1", "a/2");
    assertThat(inside.commonPrefixes()).containsExactly("a/b/");
    assertThat(list("a", "/", null, 10).commonPrefixes()).containsExactly("a/");
  }

  @Test
  void aDelimiterMayBeAnyString() throws IOException {
    putAll("aXYb", "aXYc", "aXb", "\u00e9\u00e91", "\u00e9\u00e92");
    Listing listing = list("", "XY", null, 10);
    assertThat(keys(listing)).containsExactly("aXb", "\u00e9\u00e91", "\u00e9\u00e92");
    assertThat(listing.commonPrefixes()).containsExactly("aXY");
    assertThat(list("", "\u00e9", null, 10).commonPrefixes()).containsExactly("\u00e9");
    assertThat(list("\u00e9", "\u00e9", null, 10).commonPrefixes()).containsExactly("\u00e9\u00e9");
    assertThat(list("", "", null, 10).commonPrefixes()).isEmpty();
  }

  @Test
  void aKeyThatIsThePrefixIsListedInIt() throws IOException {
    putAll("dir/", "dir/a");
    Listing listing = list("dir/", "/", null, 10);
    assertThat(keys(listing)).containsExactly("dir/", "dir/a");
    assertThat(list("", "/", null, 10).commonPrefixes()).containsExactly("dir/");
  }

  @Test
  void emptySegmentsAreGroupsToo() throws IOException {
    putAll("//", "/a", "a//b", "a/c");
    assertThat(list("", "/", null, 10).commonPrefixes()).containsExactly("/", "a/");
    assertThat(list("a/", "/", null, 10).commonPrefixes()).containsExactly("a//");
    assertThat(list("/", "/", null, 10).commonPrefixes()).containsExactly("//");
  }

  @Test
  void afterIsExclusiveAndNeedNotExist() throws IOException {
    putAll("a", "b", "c");
    assertThat(keys(list("", null, "a", 10))).containsExactly("b", "c");
    assertThat(keys(list("", null, "aa", 10))).containsExactly("b", "c");
    assertThat(keys(list("", null, "c", 10))).isEmpty();
    assertThat(keys(list("b", null, "a", 10))).containsExactly("b");
    assertThat(keys(list("a", null, "b", 10))).isEmpty();
  }

  @Test
  void afterInsideAGroupStillShowsTheGroup() throws IOException {
    putAll("a/1", "a/2", "b/1");
    assertThat(list("", "/", "a/1", 10).commonPrefixes()).containsExactly("a/", "b/");
    assertThat(list("", "/", "a/2", 10).commonPrefixes()).containsExactly("b/");
    assertThat(list("", "/", "a/", 10).commonPrefixes()).containsExactly("b/");
    assertThat(keys(list("", null, "a/", 10))).containsExactly("a/1", "a/2", "b/1");
  }

  @Test
  void nextIsThereOnlyWhenMoreFollows() throws IOException {
    putAll("a", "b", "c/1", "c/2");
    assertThat(list("", null, null, 4).next()).isNull();
    assertThat(list("", null, null, 3).next()).isEqualTo("c/1");
    assertThat(list("", "/", null, 3).next()).isNull();
    assertThat(list("", "/", null, 2).next()).isEqualTo("b");
    assertThat(list("a", null, null, 1).next()).isNull();
    put("d", "x");
    assertThat(list("", "/", null, 3).next()).isEqualTo("c/");
    assertThat(keys(list("", "/", "c/", 3))).containsExactly("d");
  }

  @Test
  void pagesTogetherAreTheWhole() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 3; j++) {
        put(String.format("d%02d/f%d", i, j), "x");
      }
      put(String.format("d%02d", i), "x");
    }
    for (int i = 0; i < 30; i++) {
      expected.add(String.format("d%02d", i));
      expected.add(String.format("d%02d/", i));
    }
    for (int limit : List.of(1, 2, 3, 7, 59, 60, 1000)) {
      assertThat(pages("", "/", limit)).isEqualTo(expected);
    }
  }

  private List<String> pages(String prefix, @Nullable String delimiter, int limit)
      throws IOException {
    List<String> all = new ArrayList<>();
    String after = null;
    do {
      Listing page = list(prefix, delimiter, after, limit);
      List<String> merged = new ArrayList<>(keys(page));
      merged.addAll(page.commonPrefixes());
      merged.sort(io.sluice.model.Utf8Order.INSTANCE);
      assertThat(merged).hasSizeLessThanOrEqualTo(limit);
      all.addAll(merged);
      after = page.next();
      assertThat(after == null || after.equals(merged.get(merged.size() - 1))).isTrue();
    } while (after != null);
    return all;
  }

  @Test
  void bucketsDoNotShowEachOther() throws IOException {
    BucketName other = new BucketName("other");
    create(other);
    putAll("a", "b");
    assertThat(storage.objects().list(other, new ListQuery("", null, null, 10)).objects())
        .isEmpty();
  }

  @Test
  void deleteMarkersAndOldVersionsAreNotListed() throws IOException {
    versioning(Versioning.ENABLED);
    putAll("a", "a", "b", "c");
    delete("b");
    Listing listing = list("", null, null, 10);
    assertThat(keys(listing)).containsExactly("a", "c");
    assertSame(listing.objects().get(0), head("a"));
    assertSame(listing.objects().get(1), head("c"));
  }
}
