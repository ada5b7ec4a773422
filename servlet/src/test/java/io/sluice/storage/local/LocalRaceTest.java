package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ETag;
import io.sluice.model.ObjectKey;
import io.sluice.model.Preconditions;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two at a time on every path that has a condition: exactly one wins, a thousand times. */
class LocalRaceTest extends ContractFixture {
  private static final int ROUNDS = 1000;

  private final ExecutorService pair = Executors.newFixedThreadPool(2);
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(
        directory, Map.of("durability", "relaxed", "min-part-size", "1", "scrub-rate", "0"));
  }

  @AfterEach
  void stop() {
    pair.shutdownNow();
  }

  /** What a contender does. */
  private interface Attempt {
    void by(int contender) throws IOException;
  }

  /** Who won: those whose attempt succeeded; the others failed as the condition says. */
  private List<Integer> race(S3ErrorCode lost, Attempt attempt) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<Future<Boolean>> outcomes = new ArrayList<>();
    for (int contender = 0; contender < 2; contender++) {
      int who = contender;
      outcomes.add(
          pair.submit(
              () -> {
                start.await();
                try {
                  attempt.by(who);
                  return true;
                } catch (S3Exception e) {
                  assertThat(e.code()).isEqualTo(lost);
                  return false;
                }
              }));
    }
    List<Integer> winners = new ArrayList<>();
    for (int contender = 0; contender < 2; contender++) {
      if (outcomes.get(contender).get()) {
        winners.add(contender);
      }
    }
    return winners;
  }

  private void eachRound(S3ErrorCode lost, Round round) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "k" + i;
      Attempt attempt = round.prepare(key);
      List<Integer> winners = race(lost, attempt);
      assertThat(winners).as(key).hasSize(1);
      round.check(key, winners.get(0));
    }
  }

  /** One race: what goes before it, and what holds after it. */
  private interface Round {
    Attempt prepare(String key) throws IOException;

    default void check(String key, int winner) throws IOException {}
  }

  /** The winner's text is what is there. */
  private final class Writing implements Round {
    private final Preparation preparation;

    private Writing(Preparation preparation) {
      this.preparation = preparation;
    }

    @Override
    public Attempt prepare(String key) throws IOException {
      return preparation.prepare(key);
    }

    @Override
    public void check(String key, int winner) throws IOException {
      assertThat(text(key)).isEqualTo("by " + winner);
    }
  }

  private interface Preparation {
    Attempt prepare(String key) throws IOException;
  }

  private static BytesPayload by(int contender) {
    return BytesPayload.of("by " + contender);
  }

  @Test
  void puttingWhereNothingIs() throws Exception {
    eachRound(
        S3ErrorCode.PRECONDITION_FAILED,
        new Writing(
            key -> who -> storage.objects().put(ref(key), write(ifNoneMatch("*")), by(who))));
  }

  @Test
  void puttingOverWhatIsKnown() throws Exception {
    eachRound(
        S3ErrorCode.PRECONDITION_FAILED,
        new Writing(
            key -> {
              ETag before = put(key, "before").etag();
              return who ->
                  storage.objects().put(ref(key), write(ifMatch(before.value())), by(who));
            }));
  }

  @Test
  void completingWhereNothingIs() throws Exception {
    eachRound(
        S3ErrorCode.PRECONDITION_FAILED,
        new Writing(
            key -> {
              List<Attempt> completions = new ArrayList<>();
              for (int who = 0; who < 2; who++) {
                completions.add(completion(key, who));
              }
              return who -> completions.get(who).by(who);
            }));
  }

  private Attempt completion(String key, int who) throws IOException {
    String id =
        storage.uploads().create(ref(key), new UploadOptions(write(), null, null)).uploadId();
    ETag etag = storage.uploads().uploadPart(upload(key, id), 1, by(who)).etag();
    CompleteOptions options =
        new CompleteOptions(
            List.of(new CompleteOptions.CompletedPart(1, etag, List.of())),
            ifNoneMatch("*"),
            null,
            null);
    return contender -> storage.uploads().complete(upload(key, id), options);
  }

  @Test
  void copyingToWhereNothingIs() throws Exception {
    put("from-0", "by 0");
    put("from-1", "by 1");
    CopyOptions options =
        new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), ifNoneMatch("*"), OWNER, null);
    eachRound(
        S3ErrorCode.PRECONDITION_FAILED,
        new Writing(key -> who -> storage.objects().copy(ref("from-" + who), ref(key), options)));
  }

  @Test
  void renamingToWhereNothingIs() throws Exception {
    RenameOptions options = new RenameOptions(Preconditions.NONE, ifNoneMatch("*"), OWNER, null);
    eachRound(
        S3ErrorCode.PRECONDITION_FAILED,
        new Writing(
            key -> {
              put(key + "-0", "by 0");
              put(key + "-1", "by 1");
              return who ->
                  storage.objects().rename(ref(key + "-" + who), new ObjectKey(key), options);
            }));
  }

  @Test
  void deletingWhatIsKnown() throws Exception {
    eachRound(
        S3ErrorCode.NO_SUCH_KEY,
        key -> {
          ETag before = put(key, "before").etag();
          DeleteOptions options =
              new DeleteOptions(ifMatch(before.value()), OWNER, VersionGuard.NONE);
          return who -> storage.objects().delete(ref(key), options);
        });
  }

  @Test
  void appendingAtTheSameOffset() throws Exception {
    eachRound(
        S3ErrorCode.INVALID_WRITE_OFFSET,
        new Round() {
          @Override
          public Attempt prepare(String key) throws IOException {
            put(key, "a ");
            return who -> storage.objects().append(ref(key), 2, write(), by(who));
          }

          @Override
          public void check(String key, int winner) throws IOException {
            assertThat(text(key)).isEqualTo("a by " + winner);
          }
        });
  }
}
