package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.storage.Storage;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.option.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits wait for a sync of their own, by bucket; and quotas of accounts. */
class LocalDurabilityTest extends ContractFixture {
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return open("group");
  }

  private LocalStorage open(String durability) throws IOException {
    Map<String, String> settings =
        Map.of("data", directory.toString(), "durability", durability, "scrub-rate", "0");
    return LocalStorage.open(LocalSettings.of(settings), Clock.systemUTC());
  }

  private void set(Durability durability) throws IOException {
    storage.buckets().putSetting(bucket, Durability.SETTING, durability.document());
  }

  /** The commits so far; the first write of an opening reserves numbers by one of its own. */
  private LocalStorage.Commits settled() throws IOException {
    put("first", "x");
    return commits();
  }

  private LocalStorage.Commits commits() {
    return ((LocalStorage) storage).commits();
  }

  @Test
  void aRelaxedBucketWaitsForNoSyncAndItsNeighbourDoes() throws IOException {
    set(Durability.RELAXED);
    LocalStorage.Commits before = settled();
    put("k", "small");
    put("k", "again");
    delete("k");
    assertThat(commits().relaxed()).isEqualTo(before.relaxed() + 3);
    assertThat(commits().synced()).isEqualTo(before.synced());
    BucketName other = new BucketName("neighbour");
    create(other);
    before = commits();
    storage
        .objects()
        .put(
            io.sluice.model.ObjectRef.of(other, new io.sluice.model.ObjectKey("k")),
            write(),
            io.sluice.storage.memory.BytesPayload.of("x"));
    assertThat(commits().synced()).isEqualTo(before.synced() + 1);
    assertThat(commits().relaxed()).isEqualTo(before.relaxed());
  }

  @Test
  void theSettingOutlivesARestartAndCanBeTakenBack() throws IOException {
    set(Durability.RELAXED);
    storage.close();
    storage = open("group");
    long synced = settled().synced();
    put("k", "x");
    assertThat(commits().synced()).isEqualTo(synced);
    storage.buckets().deleteSetting(bucket, Durability.SETTING);
    synced = commits().synced();
    put("k", "y");
    assertThat(commits().synced()).isEqualTo(synced + 1);
  }

  @Test
  void aBucketMayBeStricterThanTheStore() throws IOException {
    storage.close();
    storage = open("relaxed");
    long relaxed = settled().relaxed();
    put("k", "x");
    assertThat(commits().relaxed()).isEqualTo(relaxed + 1);
    set(Durability.GROUP);
    long synced = commits().synced();
    put("k", "y");
    assertThat(commits().synced()).isEqualTo(synced + 1);
  }

  @Test
  void anUnknownDurabilityIsRefused() throws IOException {
    byte[] document = "never".getBytes(StandardCharsets.UTF_8);
    fails(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> storage.buckets().putSetting(bucket, Durability.SETTING, document));
    assertThat(storage.buckets().setting(bucket, Durability.SETTING)).isEmpty();
  }

  @Test
  void anAccountHasItsOwnQuota() throws IOException {
    Quota quota = new Quota(10, Long.MAX_VALUE);
    storage.buckets().putAccountQuota(OWNER, quota);
    put("k", "0123456789");
    fails(S3ErrorCode.QUOTA_EXCEEDED, () -> put("l", "x"));
    storage.close();
    storage = open("group");
    assertThat(storage.buckets().accountQuota(OWNER)).isEqualTo(quota);
    fails(S3ErrorCode.QUOTA_EXCEEDED, () -> put("l", "x"));
    storage.buckets().putAccountQuota(OWNER, null);
    put("l", "x");
    assertThat(storage.buckets().accountQuota(OWNER)).isEqualTo(Quota.NONE);
  }
}
