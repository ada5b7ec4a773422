package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The aws CLI: listings of more keys than a page holds. */
class AwsCliListingIT extends ClientCase {
  private static final int KEYS = 2500;

  private Tool aws(String... more) {
    List<String> command = new ArrayList<>(List.of("aws", "--endpoint-url"));
    command.add(gateway.endpoint().toString());
    command.addAll(List.of(more));
    return tool(command.toArray(String[]::new));
  }

  @Test
  void pagesAndEmptiesABucketOf2500Keys() throws Exception {
    putMany();
    Tool text = aws("--output", "text", "s3api");

    String page =
        aws("--output", "json", "s3api")
            .run("list-objects-v2", "--bucket", bucket, "--max-keys", "7", "--no-paginate")
            .ok();
    assertThat(page).contains("\"IsTruncated\": true", "\"NextContinuationToken\": \"");
    assertThat(page.split("\"ETag\": ", -1)).hasSize(8);
    for (String operation : List.of("list-objects-v2", "list-objects")) {
      String keys = text.run(operation, "--bucket", bucket, "--query", "Contents[].[Key]").ok();
      assertThat(keys.lines()).hasSize(KEYS).isSorted().doesNotHaveDuplicates();
    }
    aws().run("s3", "rm", "s3://" + bucket, "--recursive", "--only-show-errors").ok();
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  private void putMany() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> puts =
          IntStream.range(0, KEYS)
              .mapToObj(number -> clients.submit(() -> putOne(number)))
              .toList();
      for (Future<Integer> put : puts) {
        assertThat(put.get()).isEqualTo(200);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private int putOne(int number) throws IOException {
    String target = String.format(Locale.ROOT, "/%s/key-%04d", bucket, number);
    return RawRequest.of(gateway, "PUT", target).body("x").send().status();
  }

  @Test
  void keysOfEveryKindAreListedAsTheyAre() throws Exception {
    List<String> keys =
        List.of("a/b/c", "a/x", "a//b", "dir/", "&<>\"+ %?#", "emoji-😀", "tab\tkey");
    keys.forEach(key -> put(key, "x"));
    Tool json = aws("--output", "json", "s3api");

    String all = json.run("list-objects-v2", "--bucket", bucket).ok();
    assertThat(all)
        .contains("\"a/b/c\"", "\"a//b\"", "\"dir/\"", "\"&<>\\\"+ %?#\"", "\"tab\\tkey\"");
    assertThat(
            json.run("list-objects-v2", "--bucket", bucket, "--prefix", "a/", "--delimiter", "/")
                .ok())
        .contains("\"a/b/\"", "\"a//\"", "\"a/x\"")
        .doesNotContain("\"a/b/c\"");
    assertThat(json.run("list-objects-v2", "--bucket", bucket, "--start-after", "dir/").ok())
        .contains("\"tab\\tkey\"")
        .doesNotContain("\"a/x\"");
  }
}
