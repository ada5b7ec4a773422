package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Two clients and one condition: one of them wins, on every path that has conditions. */
class ConditionalRaceIT extends GatewayCase {
  private static final int ROUNDS = 50;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** A round of a race: what either client does. */
  private interface Race {
    Callable<?> client(int round, int number) throws Exception;
  }

  private void oneWins(Race race) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<Integer>> outcomes = new ArrayList<>();
      for (int number = 0; number < 2; number++) {
        Callable<?> client = race.client(round, number);
        outcomes.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    client.call();
                    return 200;
                  } catch (S3Exception e) {
                    return e.statusCode();
                  }
                }));
      }
      List<Integer> statuses = List.of(outcomes.get(0).get(), outcomes.get(1).get());
      assertThat(statuses).as("round " + round).containsOnlyOnce(200).doesNotContain(500, 503);
    }
  }

  private static RequestBody body(int number) {
    return RequestBody.fromString("by " + number);
  }

  @Test
  void createdOnce() throws Exception {
    oneWins(
        (round, number) ->
            () ->
                s3.putObject(
                    r -> r.bucket(bucket).key("k" + round).ifNoneMatch("*"), body(number)));
  }

  @Test
  void replacedOnce() throws Exception {
    String[] tag = new String[1];
    oneWins(
        (round, number) -> {
          String key = "k" + round;
          if (number == 0) {
            tag[0] =
                s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("old")).eTag();
          }
          String expected = tag[0];
          return () -> s3.putObject(r -> r.bucket(bucket).key(key).ifMatch(expected), body(number));
        });
  }

  @Test
  void completedOnce() throws Exception {
    oneWins(
        (round, number) -> {
          String key = "k" + round;
          String id = s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
          String tag =
              s3.uploadPart(r -> r.bucket(bucket).key(key).uploadId(id).partNumber(1), body(number))
                  .eTag();
          CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
          return () ->
              s3.completeMultipartUpload(
                  r ->
                      r.bucket(bucket)
                          .key(key)
                          .uploadId(id)
                          .ifNoneMatch("*")
                          .multipartUpload(m -> m.parts(part)));
        });
  }

  @Test
  void deletedOnce() throws Exception {
    String[] tag = new String[1];
    oneWins(
        (round, number) -> {
          String key = "k" + round;
          if (number == 0) {
            tag[0] =
                s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("old")).eTag();
          }
          String expected = tag[0];
          return () -> s3.deleteObject(r -> r.bucket(bucket).key(key).ifMatch(expected));
        });
  }
}
