package io.sluice.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectVersion;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.forward.SignedRequest;
import io.sluice.storage.forward.SignedRequest.Effect;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.memory.MemoryStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache in front of a place that answers signed requests as it is told to. */
class CachedForwardingTest {
  private static final BucketName BUCKET = new BucketName("bucket");
  private static final ObjectKey KEY = new ObjectKey("key");
  private static final String ONE = "5d41402abc4b2a76b9719d911017c592"; // MD5 of hello
  private static final String TWO = "7d793037a0760186574b0282f2f435e7"; // MD5 of world

  private final Told told = new Told();
  private Storage storage = new MemoryStorage(1);

  @BeforeEach
  void open() throws IOException {
    storage = over();
  }

  @AfterEach
  void close() throws IOException {
    storage.close();
  }

  private Storage over(String... settings) throws IOException {
    return CacheFixture.over(
        new Forwarding(new MemoryStorage(1), told), new MemoryStorage(1), settings);
  }

  private SignedForwarding forwarding() throws IOException {
    return storage.forwarding(BUCKET).orElseThrow();
  }

  private static SignedRequest request(String method, Effect effect, String... headers) {
    return new SignedRequest(
        method,
        BUCKET,
        KEY,
        false,
        "X-Amz-Signature=1",
        headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1])),
        null,
        SignedRequest.Body.NONE,
        effect);
  }

  private static SignedRequest get(String... headers) {
    return request("GET", Effect.NONE, headers);
  }

  private static String text(ForwardedAnswer answer) throws IOException {
    try (answer) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      answer.transferTo(bytes);
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  private void awaitKept() throws Exception {
    BucketCache cache = storage.cache(BUCKET).orElseThrow();
    for (int i = 0; i < 500 && !cache.holds(KEY); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(cache.holds(KEY)).isTrue();
  }

  private void keepHello() throws Exception {
    told.next(200, ONE, "hello");
    assertThat(text(forwarding().read(get()).orElseThrow())).isEqualTo("hello");
    awaitKept();
  }

  @Test
  void whatIsReadWholeIsKeptAndAskedForWithItsTag() throws Exception {
    keepHello();
    told.next(304, ONE, "");
    assertThat(forwarding().read(get())).isEmpty();
    assertThat(told.sent.get(1).headers()).containsEntry("if-none-match", List.of('"' + ONE + '"'));
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isTrue();
  }

  @Test
  void aRefusalIsRelayedAndLeavesWhatIsHere() throws Exception {
    keepHello();
    told.next(403, "", "denied");
    ForwardedAnswer answer = forwarding().read(get()).orElseThrow();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(text(answer)).isEqualTo("denied");
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isTrue();
  }

  @Test
  void aChangeThereIsAnsweredAndForgottenHere() throws Exception {
    keepHello();
    told.next(200, TWO, "world");
    assertThat(text(forwarding().read(get()).orElseThrow())).isEqualTo("world");
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isFalse();
  }

  @Test
  void errorsAndPartsAreNotKept() throws Exception {
    told.next(404, "", "missing");
    assertThat(text(forwarding().read(get()).orElseThrow())).isEqualTo("missing");
    told.next(206, ONE, "he");
    assertThat(text(forwarding().read(get("range", "bytes=0-1")).orElseThrow())).isEqualTo("he");
    told.next(304, ONE, "");
    ForwardedAnswer notModified = forwarding().read(get("if-none-match", "x")).orElseThrow();
    assertThat(notModified.status()).isEqualTo(304);
    notModified.close();
    assertThat(storage.cache(BUCKET).orElseThrow().keys("")).isEmpty();
  }

  @Test
  void headsOfWhatIsNotHereAreSentAsTheyAre() throws Exception {
    told.next(200, ONE, "");
    ForwardedAnswer answer = forwarding().read(request("HEAD", Effect.NONE)).orElseThrow();
    assertThat(answer.status()).isEqualTo(200);
    answer.close();
    assertThat(storage.cache(BUCKET).orElseThrow().keys("")).isEmpty();
  }

  @Test
  void writesForgetWhetherTheySucceedOrNot() throws Exception {
    keepHello();
    told.next(200, TWO, "");
    forwarding().send(request("PUT", new Effect(Set.of(KEY), KEY))).close();
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isFalse();
    keepHello();
    told.fails = true;
    assertThatThrownBy(() -> forwarding().send(request("DELETE", new Effect(Set.of(KEY), null))))
        .isInstanceOf(S3Exception.class);
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isFalse();
  }

  @Test
  void aWriteForgetsBeforeItsAnswerGoesOn() throws Exception {
    keepHello();
    told.next(200, "", "done");
    ForwardedAnswer answer = forwarding().send(request("PUT", new Effect(Set.of(KEY), null)));
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isFalse();
    keepHello();
    List<Boolean> held = new ArrayList<>();
    answer.transferTo(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            held.add(storage.cache(BUCKET).orElseThrow().holds(KEY));
          }
        });
    answer.close();
    assertThat(held).isNotEmpty().doesNotContain(true);
  }

  @Test
  void aWriteThatIsRefusedLeavesWhatIsHere() throws Exception {
    keepHello();
    told.next(403, "", "denied");
    ForwardedAnswer answer = forwarding().send(request("DELETE", new Effect(Set.of(KEY), null)));
    assertThat(text(answer)).isEqualTo("denied");
    assertThat(storage.cache(BUCKET).orElseThrow().holds(KEY)).isTrue();
  }

  @Test
  void aWriteDuringAReadKeepsTheReadFromBeingKept() throws Exception {
    told.next(200, ONE, "hello");
    ForwardedAnswer reading = forwarding().read(get()).orElseThrow();
    told.next(200, TWO, "");
    forwarding().send(request("PUT", new Effect(Set.of(KEY), KEY))).close();
    assertThat(text(reading)).isEqualTo("hello");
    told.next(200, TWO, "world");
    assertThat(text(forwarding().read(get()).orElseThrow())).isEqualTo("world");
    awaitKept();
    told.next(304, TWO, "");
    assertThat(forwarding().read(get())).isEmpty();
    assertThat(told.sent.get(3).headers()).containsEntry("if-none-match", List.of('"' + TWO + '"'));
  }

  @Test
  void whoIsTrustedIsNotAskedFor() throws Exception {
    storage.close();
    storage = over("signed.trust-cache", "true");
    keepHello();
    assertThat(forwarding().read(get())).isEmpty();
    assertThat(forwarding().read(request("HEAD", Effect.NONE))).isEmpty();
    assertThat(told.sent).hasSize(1);
  }

  /** A back end whose buckets live where somebody answers signed requests. */
  private record Forwarding(Storage base, SignedForwarding there) implements Storage {
    @Override
    public BucketStore buckets() {
      return base.buckets();
    }

    @Override
    public ObjectStore objects() {
      return base.objects();
    }

    @Override
    public MultipartStore uploads() {
      return base.uploads();
    }

    @Override
    public Set<Capability> capabilities() {
      return base.capabilities();
    }

    @Override
    public Optional<SignedForwarding> forwarding(BucketName bucket) {
      return Optional.of(there);
    }

    @Override
    public void close() throws IOException {
      base.close();
    }
  }

  /** Answers what it is told to. */
  private static final class Told implements SignedForwarding {
    private final List<SignedRequest> sent = new ArrayList<>();
    private @Nullable ForwardedAnswer next;
    private boolean fails;

    void next(int status, String tag, String body) {
      next = new Answer(status, tag, body);
    }

    @Override
    public String region() {
      return "us-east-1";
    }

    @Override
    public boolean expects(String accessKeyId) {
      return false;
    }

    @Override
    public ForwardedAnswer send(SignedRequest request) {
      sent.add(request);
      ForwardedAnswer answer = next;
      if (fails || answer == null) {
        throw S3ErrorCode.SERVICE_UNAVAILABLE.exception();
      }
      return answer;
    }
  }

  /** An answer in memory. */
  private record Answer(int status, String tag, String body) implements ForwardedAnswer {
    @Override
    public Map<String, List<String>> headers() {
      return Map.of("ETag", List.of(tag));
    }

    @Override
    public OptionalLong lengthBytes() {
      return OptionalLong.of(body.length());
    }

    @Override
    public ObjectInfo object(SignedRequest request) {
      return new ObjectInfo(
          KEY,
          new ObjectVersion(null, true, false),
          body.length(),
          new ETag(tag),
          Instant.EPOCH,
          ObjectMetadata.NONE,
          List.of(),
          0,
          "0".repeat(64));
    }

    @Override
    public void transferTo(OutputStream sink) throws IOException {
      sink.write(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
  }
}
