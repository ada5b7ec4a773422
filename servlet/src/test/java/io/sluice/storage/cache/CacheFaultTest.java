package io.sluice.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import io.sluice.storage.remote.FaultProxy;
import io.sluice.storage.remote.RemoteFixture;
import io.sluice.storage.remote.RemoteStorageProvider;
import io.sluice.web.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache before a remote that is far away over a bad network: nothing bad is kept. */
class CacheFaultTest {
  private static final BucketName BUCKET = new BucketName("bkt");
  private static final ObjectRef WARM = ObjectRef.of("bkt", "warm");
  private static final ObjectRef COLD = ObjectRef.of("bkt", "cold");
  private static final byte[] BODY = new byte[300_000];

  static {
    new Random(1).nextBytes(BODY);
  }

  private @TempDir Path fills;
  private TestGateway gateway;
  private FaultProxy proxy;
  private Storage cache;
  private BucketCache here;

  @BeforeEach
  void open() throws Exception {
    gateway = TestGateway.over(new MemoryStorage(1));
    proxy = new FaultProxy(gateway.port());
    Map<String, String> settings = RemoteFixture.settings(gateway, proxy.port());
    settings.put("read-timeout", "PT3S");
    settings.put("retries", "2");
    settings.put("circuit.failures", "0");
    cache =
        CacheFixture.over(
            new RemoteStorageProvider().open(settings),
            new MemoryStorage(1),
            "cache.block-size",
            "100000",
            "fills",
            fills.toString());
    cache
        .buckets()
        .create(
            new BucketInfo(BUCKET, Instant.now(), "us-east-1", "o", Versioning.UNVERSIONED, ""));
    WriteOptions write = new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
    cache.objects().put(WARM, write, BytesPayload.of(BODY));
    cache.objects().put(COLD, write, BytesPayload.of(BODY));
    here = cache.cache(BUCKET).orElseThrow();
    here.prefetch(new ObjectKey("warm"), false);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
    proxy.close();
    gateway.close();
  }

  private byte[] read(ObjectRef ref, ByteRange range) throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    ReadOptions options = new ReadOptions(range, null, Preconditions.NONE);
    try (ObjectContent content = cache.objects().get(ref, options)) {
      content.transferTo(collected);
    }
    return collected.toBytes();
  }

  private void awaitNoFill() throws InterruptedException {
    for (int i = 0; i < 1000 && cache.caches().get(0).filling() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(cache.caches().get(0).filling()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultProxy.Fault.class,
      names = {"DOWN", "BUSY", "RESET", "SHORT", "LONG"})
  void whatIsHereIsServedAndNothingBadIsKept(FaultProxy.Fault fault) throws Exception {
    proxy.set(fault);
    assertThatThrownBy(() -> read(COLD, null)).isInstanceOf(Exception.class);
    awaitNoFill();
    assertThat(here.keys("")).containsExactly(new ObjectKey("warm"));
    assertThat(read(WARM, null)).isEqualTo(BODY);
    ByteRange range = new ByteRange.FromTo(100_000, 299_999);
    proxy.set(fault);
    assertThatThrownBy(() -> read(COLD, range)).isInstanceOf(Exception.class);
    awaitNoFill();
    proxy.set(FaultProxy.Fault.NONE);
    assertThat(read(COLD, range)).isEqualTo(Arrays.copyOfRange(BODY, 100_000, 300_000));
    assertThat(read(COLD, null)).isEqualTo(BODY);
    assertThat(fills).isEmptyDirectory();
  }

  @Test
  void anObjectThatIsNotWhatItsTagSaysIsNotKept() throws Exception {
    proxy.set(FaultProxy.Fault.OTHER_TAG);
    assertThat(read(COLD, null)).isEqualTo(BODY);
    awaitNoFill();
    assertThat(here.keys("")).containsExactly(new ObjectKey("warm"));
    proxy.set(FaultProxy.Fault.OTHER_TAG);
    ByteRange range = new ByteRange.FromTo(50_000, 250_000);
    assertThatThrownBy(() -> read(COLD, range)).isInstanceOf(IOException.class);
    awaitNoFill();
    proxy.set(FaultProxy.Fault.NONE);
    assertThat(read(COLD, range)).isEqualTo(Arrays.copyOfRange(BODY, 50_000, 250_001));
    assertThat(read(COLD, null)).isEqualTo(BODY);
    awaitNoFill();
    assertThat(here.holds(new ObjectKey("cold"))).isTrue();
  }

  @Test
  void aSlowRemoteIsWaitedFor() throws Exception {
    proxy.set(FaultProxy.Fault.SLOW);
    assertThat(read(COLD, null)).isEqualTo(BODY);
    awaitNoFill();
    assertThat(here.holds(new ObjectKey("cold"))).isTrue();
  }
}
