package io.sluice.it.server;

import static io.sluice.it.harness.GatewayState.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayState;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Two servers, one with a cache of buckets that live in the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheIT {
  private static final String PLAIN = "plain";
  private static final String FRESH = "fresh";
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

  private Gateway far;
  private StallingProxy proxy;
  private ServerSettings settings;
  private Path directory;
  private Gateway near;
  private S3Client there;
  private S3Client here;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    Path behind = Files.createDirectories(temporary.resolve("far"));
    far = RunnerServer.start(behind, ServerSettings.write(behind));
    proxy = new StallingProxy(far.endpoint());
    directory = Files.createDirectories(temporary.resolve("near"));
    List<String> lines = new ArrayList<>();
    for (String name : List.of(PLAIN, FRESH)) {
      lines.add("provider." + name + ".endpoint=" + proxy.endpoint());
      lines.add("provider." + name + ".access-key=" + Account.TESTER.accessKey());
      lines.add("provider." + name + ".secret-key=" + Account.TESTER.secretKey());
      lines.add("provider." + name + ".buckets=" + name);
      lines.add("provider." + name + ".cache.capacity=200MiB");
    }
    lines.add("provider.fresh.cache.validate-warm-get=true");
    lines.add("provider.fresh.cache.synchronize=true");
    settings = ServerSettings.write(directory, lines.toArray(String[]::new));
    near = RunnerServer.start(directory, settings);
    there = SdkClients.sync(far);
    here = SdkClients.sync(near);
    there.createBucket(request -> request.bucket(PLAIN));
    there.createBucket(request -> request.bucket(FRESH));
  }

  @AfterAll
  void stop() throws IOException {
    there.close();
    here.close();
    near.close();
    proxy.close();
    far.close();
  }

  private byte[] putFar(String bucket, String key, int size, long seed) {
    byte[] body = new byte[size];
    new Random(seed).nextBytes(body);
    there.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(body));
    return body;
  }

  private byte[] read(String bucket, String key) {
    return here.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
  }

  private String admin(String method, String path, String body) {
    return new GatewayState(near).admin(method, path, body);
  }

  private boolean isHere(String bucket, String key) {
    return new GatewayState(near).isCached(bucket, key);
  }

  private long farReads() {
    return new GatewayState(far).reads("");
  }

  private String job(String path, String body) throws Exception {
    Matcher id = ID.matcher(admin("POST", path, body));
    assertThat(id.find()).isTrue();
    String view = "";
    for (int i = 0; i < 500 && !view.contains("\"endedAt\""); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
      view = admin("GET", "/jobs/" + id.group(1), "");
    }
    return view;
  }

  @Test
  void whatIsAskedOfProvidersAndKeptIsToldAndOnTheDashboard() throws Exception {
    putFar(PLAIN, "counted", 1000, 1);
    read(PLAIN, "counted");
    String told = new GatewayState(near).metrics();
    assertThat(told)
        .containsPattern("sluice_remote_calls_total [1-9]")
        .containsPattern("sluice_remote_wait_seconds_total [0-9.E-]*[1-9]")
        .contains("sluice_remote_away 0.0")
        .containsPattern("sluice_connections [1-9]");
    MetricsLint lint = new MetricsLint(told);
    assertThat(lint.problems()).isEmpty();
    Matcher asked =
        Pattern.compile("sluice_(cache|remote)_[a-z_]+")
            .matcher(Files.readString(Artefact.conf().resolve("grafana/sluice-providers.json")));
    Set<String> names = asked.results().map(MatchResult::group).collect(Collectors.toSet());
    assertThat(names).allMatch(lint::has);
    assertThat(lint.series())
        .filteredOn(name -> name.startsWith("sluice_cache_") || name.startsWith("sluice_remote_"))
        .allMatch(name -> names.contains(name.substring(0, name.indexOf('{'))));
  }

  @Test
  void aBucketMayWantItsCopiesFresherThanItsProvider() throws Exception {
    byte[] before = putFar(PLAIN, "fresher", 1000, 1);
    assertThat(read(PLAIN, "fresher")).isEqualTo(before);
    await(() -> isHere(PLAIN, "fresher"));
    byte[] after = putFar(PLAIN, "fresher", 1000, 2);
    assertThat(read(PLAIN, "fresher")).isEqualTo(before);
    assertThat(property("versioning.validate_warm_get", "\"true\""))
        .contains("\"versioning.validate_warm_get\":\"true\"");
    assertThat(read(PLAIN, "fresher")).isEqualTo(after);
    await(() -> isHere(PLAIN, "fresher"));
    assertThat(property("versioning.synchronize", "\"true\""))
        .contains("\"versioning.synchronize\":\"true\"");
    there.deleteObject(r -> r.bucket(PLAIN).key("fresher"));
    assertThatThrownBy(() -> read(PLAIN, "fresher")).isInstanceOf(NoSuchKeyException.class);
    assertThat(isHere(PLAIN, "fresher")).isFalse();
    assertThat(property("versioning.validate_warm_get", "\"perhaps\"")).contains("InvalidArgument");
    property("versioning.synchronize", "null");
    assertThat(property("versioning.validate_warm_get", "null"))
        .doesNotContain("validate_warm_get");
    byte[] stale = putFar(PLAIN, "fresher", 1000, 3);
    assertThat(read(PLAIN, "fresher")).isEqualTo(stale);
    await(() -> isHere(PLAIN, "fresher"));
    putFar(PLAIN, "fresher", 1000, 4);
    assertThat(read(PLAIN, "fresher")).isEqualTo(stale);
  }

  private String property(String name, String value) throws IOException {
    return admin(
        "PATCH",
        "/buckets/" + PLAIN + "/properties",
        "{\"properties\":{\"" + name + "\":" + value + "}}");
  }

  @Test
  void manyColdReadersAreOneReadAndWarmOnesNone() throws Exception {
    byte[] body = putFar(PLAIN, "many", 16 << 20, 1);
    long before = farReads();
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Future<byte[]>> readers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        readers.add(pool.submit(() -> read(PLAIN, "many")));
      }
      for (Future<byte[]> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(body);
      }
    } finally {
      pool.shutdownNow();
    }
    await(() -> isHere(PLAIN, "many"));
    for (int i = 0; i < 10; i++) {
      assertThat(read(PLAIN, "many")).isEqualTo(body);
    }
    assertThat(farReads() - before).isEqualTo(1);
    assertThat(admin("GET", "/caches", "")).contains("\"provider\":\"plain\"");
  }

  private byte[] range(String key, String range) {
    return here.getObjectAsBytes(r -> r.bucket(PLAIN).key(key).range("bytes=" + range))
        .asByteArray();
  }

  private boolean isFilling() {
    return admin("GET", "/caches", "").contains("\"filling\":1");
  }

  /** As readers of columns do: the length of the footer, the footer, and columns in the middle. */
  @Test
  void rangesOfOneBlockAreOneReadOfIt() throws Exception {
    int size = 10 << 20;
    byte[] body = putFar(PLAIN, "columns", size, 7);
    long before = farReads();
    for (int round = 0; round < 2; round++) {
      assertThat(range("columns", "-8")).isEqualTo(Arrays.copyOfRange(body, size - 8, size));
      assertThat(range("columns", (size - 70_000) + "-" + (size - 9)))
          .isEqualTo(Arrays.copyOfRange(body, size - 70_000, size - 8));
      for (int column = 5 << 20; column < 6 << 20; column += 200_000) {
        assertThat(range("columns", column + "-" + (column + 99_999)))
            .isEqualTo(Arrays.copyOfRange(body, column, column + 100_000));
      }
      await(() -> !isFilling());
    }
    assertThat(farReads() - before).isEqualTo(2);
    assertThat(isHere(PLAIN, "columns")).isFalse();
    here.putObject(r -> r.bucket(PLAIN).key("columns"), RequestBody.fromBytes(new byte[size]));
    assertThat(range("columns", "100-109")).isEqualTo(new byte[10]);
  }

  @Test
  void whatOthersChangeIsSeenWhereThatIsAskedFor() throws Exception {
    for (String bucket : List.of(PLAIN, FRESH)) {
      putFar(bucket, "changed", 1000, 1);
      read(bucket, "changed");
      await(() -> isHere(bucket, "changed"));
      byte[] changed = putFar(bucket, "changed", 1000, 2);
      assertThat(Arrays.equals(read(bucket, "changed"), changed)).isEqualTo(bucket.equals(FRESH));
      there.deleteObject(r -> r.bucket(bucket).key("changed"));
    }
    assertThat(read(PLAIN, "changed")).hasSize(1000);
    assertThatThrownBy(() -> read(FRESH, "changed"))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    putFar(FRESH, "changed", 500, 3);
    assertThat(read(FRESH, "changed")).as("nothing remembers that it was missing").hasSize(500);
  }

  @Test
  void objectsAreFetchedAndLetGoOnPurpose() throws Exception {
    for (int i = 8; i <= 11; i++) {
      putFar(PLAIN, "shard-" + (i < 10 ? "0" : "") + i, 1000, i);
    }
    assertThat(job("/buckets/plain/prefetch", "{\"template\":\"shard-{09..12}\"}"))
        .contains("\"read\":3", "\"failed\":1", "NoSuchKey: shard-12", "\"total\":4");
    assertThat(isHere(PLAIN, "shard-09")).isTrue();
    assertThat(isHere(PLAIN, "shard-08")).isFalse();
    assertThat(job("/buckets/plain/prefetch", "{\"prefix\":\"shard-\"}"))
        .contains("\"read\":1", "\"here\":3");
    assertThat(job("/buckets/plain/evict", "{\"keys\":[\"shard-08\",\"shard-09\"]}"))
        .contains("\"evicted\":2");
    assertThat(isHere(PLAIN, "shard-09")).isFalse();
    assertThat(job("/buckets/plain/evict", "{\"prefix\":\"shard-\"}")).contains("\"evicted\":2");
    assertThat(there.listObjectsV2(r -> r.bucket(PLAIN).prefix("shard-")).contents()).hasSize(4);
  }

  @Test
  void aReadThatBreaksOffFailsAndIsNotKept() throws Exception {
    byte[] body = putFar(PLAIN, "cut", 8 << 20, 4);
    proxy.set(StallingProxy.Fault.CUT);
    assertThatThrownBy(() -> read(PLAIN, "cut")).isInstanceOf(SdkException.class);
    proxy.set(StallingProxy.Fault.NONE);
    assertThat(isHere(PLAIN, "cut")).isFalse();
    assertThat(read(PLAIN, "cut")).isEqualTo(body);
  }

  @Test
  void aProcessThatDiesWhileItReadsKeepsNothingOfIt() throws Exception {
    byte[] body = putFar(PLAIN, "half", 8 << 20, 5);
    proxy.set(StallingProxy.Fault.STALL);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    S3Client client = here;
    Future<?> reader = pool.submit(() -> client.getObjectAsBytes(r -> r.bucket(PLAIN).key("half")));
    await(proxy::isStalled);
    near.process().kill();
    proxy.set(StallingProxy.Fault.NONE);
    near = RunnerServer.start(directory, settings);
    here = SdkClients.sync(near);
    assertThatThrownBy(() -> reader.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SdkException.class);
    pool.shutdownNow();
    client.close();
    assertThat(isHere(PLAIN, "half")).isFalse();
    assertThat(settings.data().resolve("cache/.fills")).isEmptyDirectory();
    assertThat(read(PLAIN, "half")).isEqualTo(body);
    await(() -> isHere(PLAIN, "half"));
    assertThat(read(PLAIN, "half")).isEqualTo(body);
  }
}
