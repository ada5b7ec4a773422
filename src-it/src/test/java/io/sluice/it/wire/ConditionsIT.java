package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionsIT extends GatewayCase {
  private static final int CLIENTS = 50;
  private static final Set<Integer> ANSWERS = Set.of(200, 409, 412);

  @Test
  void ofFiftyWhoWantToBeFirstExactlyOneIs() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<RawResponse>> puts =
          IntStream.range(0, CLIENTS)
              .<Callable<RawResponse>>mapToObj(number -> () -> putIfAbsent("client " + number))
              .toList();
      List<Integer> statuses = new ArrayList<>();
      String winner = "";
      List<Future<RawResponse>> answers = clients.invokeAll(puts);
      for (int number = 0; number < CLIENTS; number++) {
        int status = answers.get(number).get().status();
        statuses.add(status);
        winner = status == 200 ? "client " + number : winner;
      }

      assertThat(statuses).containsOnlyOnce(200).allMatch(status -> ANSWERS.contains(status));
      assertThat(get("k")).isEqualTo(winner);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void ifNoneMatchRefusesToOverwrite() throws IOException {
    put("k", "old");

    RawResponse answer = putIfAbsent("new");

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.errorCode()).isEqualTo("PreconditionFailed");
    assertThat(get("k")).isEqualTo("old");
  }

  @Test
  void ifMatchOverwritesOnlyWhatTheClientHasSeen() throws IOException {
    put("k", "old");
    String etag = s3.headObject(r -> r.bucket(bucket).key("k")).eTag();

    assertThat(putIfMatch(etag, "new").status()).isEqualTo(200);
    assertThat(putIfMatch(etag, "newer").status()).isEqualTo(412);
    assertThat(get("k")).isEqualTo("new");
  }

  @Test
  void ifMatchOfAMissingKeyIsNotFound() throws IOException {
    RawResponse answer = putIfMatch("\"0\"", "new");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("NoSuchKey");
  }

  private RawResponse putIfAbsent(String text) throws IOException {
    return request(text).header("if-none-match", "*").send();
  }

  private RawResponse putIfMatch(String etag, String text) throws IOException {
    return request(text).header("if-match", etag).send();
  }

  private RawRequest request(String text) {
    return RawRequest.of(gateway, "PUT", "/" + bucket + "/k").body(text);
  }
}
