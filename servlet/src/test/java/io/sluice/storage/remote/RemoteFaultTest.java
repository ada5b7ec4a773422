package io.sluice.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import io.sluice.web.TestGateway;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see when the remote or the way to it is bad, and what the remote keeps. */
class RemoteFaultTest {
  private static final BucketName BUCKET = new BucketName("faults");
  private static final ObjectRef KEY = ObjectRef.of("faults", "k");
  private static final byte[] BODY = new byte[500_000];

  static {
    new Random(1).nextBytes(BODY);
  }

  private final MemoryStorage behind = new MemoryStorage(10);
  private TestGateway gateway;
  private FaultProxy proxy;
  private Storage remote;

  @BeforeEach
  void open() throws IOException {
    gateway = TestGateway.over(behind);
    proxy = new FaultProxy(gateway.port());
    remote = remote(Map.of());
    remote
        .buckets()
        .create(
            new BucketInfo(BUCKET, Instant.now(), "us-east-1", "o", Versioning.UNVERSIONED, ""));
    remote.objects().put(KEY, write(), BytesPayload.of(BODY));
  }

  private Storage remote(Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(RemoteFixture.settings(gateway, proxy.port()));
    settings.put("read-timeout", "PT2S");
    settings.putAll(more);
    return RemoteStorage.open(RemoteSettings.of(settings));
  }

  private static WriteOptions write() {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
  }

  @AfterEach
  void close() throws IOException {
    remote.close();
    proxy.close();
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultProxy.Fault.class,
      names = {"DOWN", "BUSY", "BUSY_FOR_LONG"})
  void aRemoteThatIsNotThereIs503(FaultProxy.Fault fault) throws IOException {
    proxy.set(fault);
    fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> remote.objects().head(KEY, ReadOptions.ALL));
    fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> remote.objects().get(KEY, ReadOptions.ALL));
    fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> remote.buckets().head(BUCKET));
    fails(
        S3ErrorCode.SERVICE_UNAVAILABLE,
        () -> remote.objects().put(KEY, write(), BytesPayload.of("x")));
    proxy.set(FaultProxy.Fault.NONE);
    assertThat(read()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultProxy.Fault.class,
      names = {"RESET", "CUT", "SHORT", "LONG"})
  void anAnswerThatEndsEarlyIsNoAnswer(FaultProxy.Fault fault) throws IOException {
    proxy.set(fault);
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    proxy.set(FaultProxy.Fault.SLOW);
    assertThat(read()).isEqualTo(BODY);
  }

  @Test
  void theRemotesAdviceWhenToComeBackIsPassedOn() throws IOException {
    proxy.set(FaultProxy.Fault.BUSY_FOR_LONG);
    S3Exception error =
        fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> remote.objects().head(KEY, ReadOptions.ALL));
    assertThat(error.headers()).containsEntry("Retry-After", "7");
  }

  @Test
  void aNameThatIsUnknownIs503() throws IOException {
    try (Storage nowhere = remote(Map.of("endpoint", "http://no-such-host.invalid:9"))) {
      S3Exception error =
          fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> nowhere.objects().get(KEY, ReadOptions.ALL));
      assertThat(error.message()).contains("cannot be reached");
    }
  }

  @Test
  void whoeverDoesNotAnswerIsLeftAloneForAWhile() throws Exception {
    try (Storage guarded = remote(Map.of("circuit.failures", "3", "circuit.pause", "PT1S"))) {
      assertThat(guarded.objects().head(KEY, ReadOptions.ALL).sizeBytes()).isEqualTo(BODY.length);
      proxy.set(FaultProxy.Fault.DOWN);
      for (int i = 0; i < 2; i++) {
        fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> guarded.objects().head(KEY, ReadOptions.ALL));
      }
      int connections = proxy.connections();
      for (int i = 0; i < 100; i++) {
        S3Exception error =
            fails(
                S3ErrorCode.SERVICE_UNAVAILABLE, () -> guarded.objects().get(KEY, ReadOptions.ALL));
        assertThat(error.headers()).containsEntry("Retry-After", "1");
      }
      fails(
          S3ErrorCode.SERVICE_UNAVAILABLE,
          () -> guarded.objects().put(KEY, write(), BytesPayload.of("x")));
      assertThat(proxy.connections()).isEqualTo(connections);
      proxy.set(FaultProxy.Fault.NONE);
      TimeUnit.MILLISECONDS.sleep(1100);
      assertThat(guarded.objects().head(KEY, ReadOptions.ALL).sizeBytes()).isEqualTo(BODY.length);
    }
  }

  @Test
  void payloadsThatFailSayNothingOfTheRemote() throws IOException {
    try (Storage guarded = remote(Map.of("circuit.failures", "2"))) {
      for (int i = 0; i < 5; i++) {
        IOException fault = new IOException("cut");
        assertThatThrownBy(
                () ->
                    guarded
                        .objects()
                        .put(KEY, write(), BytesPayload.failingAtEnd(new byte[100_000], fault)))
            .isSameAs(fault);
      }
      assertThat(guarded.objects().head(KEY, ReadOptions.ALL).sizeBytes()).isEqualTo(BODY.length);
    }
  }

  @Test
  void aPayloadThatFailsIsNotKeptByTheRemote() throws IOException {
    for (int size : List.of(0, 10, 65_536, 200_000)) {
      IOException fault = new IOException("cut");
      assertThatThrownBy(
              () ->
                  remote
                      .objects()
                      .put(KEY, write(), BytesPayload.failingAtEnd(new byte[size], fault)))
          .isSameAs(fault);
      assertThat(read()).isEqualTo(BODY);
    }
  }

  @Test
  void wrongKeysAreTheOperatorsFaultAndNotTheClients() throws IOException {
    try (Storage wrong = remote(Map.of("secret-key", "wrong"))) {
      S3Exception error =
          fails(S3ErrorCode.SERVICE_UNAVAILABLE, () -> wrong.objects().list(BUCKET, query()));
      assertThat(error.message()).contains("does not accept this gateway");
    }
  }

  private static io.sluice.model.ListQuery query() {
    return new io.sluice.model.ListQuery("", null, null, 10);
  }

  @Test
  void whatTheRemoteSaysIsPassedOn() {
    ReadOptions outside =
        new ReadOptions(new ByteRange.From(BODY.length), null, Preconditions.NONE);
    S3Exception error = fails(S3ErrorCode.INVALID_RANGE, () -> remote.objects().get(KEY, outside));
    assertThat(error.details()).containsEntry("ActualObjectSize", "500000");
    assertThat(error.headers()).containsEntry("Content-Range", "bytes */500000");
    S3Exception absent =
        fails(
            S3ErrorCode.NO_SUCH_KEY,
            () -> remote.objects().get(ObjectRef.of("faults", "absent"), ReadOptions.ALL));
    assertThat(absent.details()).containsEntry("Provider", "aws").containsKey("ProviderRequestId");
  }

  @Test
  void documentsTravelAsTheyAre() throws IOException {
    byte[] tagging =
        ("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>a b</Key>"
                + "<Value>c&amp;d</Value></Tag></TagSet></Tagging>")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    remote.objects().putDocument(KEY, "tagging", tagging);
    assertThat(new String(remote.objects().document(KEY, "tagging").orElseThrow()))
        .contains("<Key>a b</Key>")
        .contains("<Value>c&amp;d</Value>");
    assertThat(
            remote
                .objects()
                .head(KEY, ReadOptions.ALL)
                .metadata()
                .system(ObjectMetadata.TAGGING_COUNT))
        .isEqualTo("1");
    remote.objects().deleteDocument(KEY, "tagging");
    assertThat(remote.objects().document(KEY, "tagging")).isEmpty();
    remote
        .objects()
        .put(
            KEY,
            new WriteOptions(
                ObjectMetadata.NONE, Map.of("tagging", tagging), Preconditions.NONE, "o"),
            BytesPayload.of("x"));
    assertThat(new String(remote.objects().document(KEY, "tagging").orElseThrow()))
        .contains("<Value>c&amp;d</Value>");
    fails(
        S3ErrorCode.NOT_IMPLEMENTED,
        () -> remote.objects().putDocument(KEY, "notes", new byte[] {1}));
    fails(
        S3ErrorCode.NOT_IMPLEMENTED,
        () -> remote.buckets().putSetting(BUCKET, "quota", new byte[] {1}));
  }

  @Test
  void metadataOfEveryKindComesBack() throws IOException {
    Map<String, String> system = new HashMap<>();
    system.put(ObjectMetadata.CONTENT_TYPE, "text/plain");
    system.put(ObjectMetadata.CACHE_CONTROL, "max-age=5");
    system.put(ObjectMetadata.CONTENT_DISPOSITION, "attachment");
    system.put(ObjectMetadata.CONTENT_ENCODING, "gzip");
    system.put(ObjectMetadata.CONTENT_LANGUAGE, "de");
    system.put(ObjectMetadata.EXPIRES, "Thu, 01 Dec 2099 16:00:00 GMT");
    system.put(ObjectMetadata.STORAGE_CLASS, "STANDARD_IA");
    Map<String, String> user = Map.of("color", "grün", "plain", "text");
    remote
        .objects()
        .put(
            KEY,
            new WriteOptions(new ObjectMetadata(system, user), Map.of(), Preconditions.NONE, "o"),
            BytesPayload.of("x"));
    ObjectMetadata kept = remote.objects().head(KEY, ReadOptions.ALL).metadata();
    assertThat(kept.system()).containsAllEntriesOf(system);
    assertThat(kept.user()).isEqualTo(user);
  }

  private byte[] read() throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = remote.objects().get(KEY, ReadOptions.ALL)) {
      content.transferTo(collected);
    }
    return collected.toBytes();
  }

  private interface Action {
    void run() throws IOException;
  }

  private static S3Exception fails(S3ErrorCode code, Action action) {
    S3Exception[] thrown = new S3Exception[1];
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              thrown[0] = e;
              assertThat(e.code()).isEqualTo(code);
            });
    return thrown[0];
  }
}
