package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectInfo;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.contract.EncryptionContract;
import io.sluice.storage.contract.TestKeys;
import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEncryptionTest extends EncryptionContract {
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(directory, MIN_PART_SIZE);
  }

  /** The files that hold some bytes. */
  private List<Path> filesWith(byte[] bytes) throws IOException {
    String sought = new String(bytes, StandardCharsets.ISO_8859_1);
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(sought)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void noPlaintextIsOnTheDisk() throws IOException {
    byte[] mark = random(64, 99);
    byte[] large = join(random(200_000, 1), mark, random(100_000, 2));
    put("plain-small", mark, null);
    put("plain-large", large, null);
    assertThat(filesWith(mark)).hasSizeGreaterThanOrEqualTo(2);

    byte[] secret = random(64, 100);
    byte[] secretLarge = join(random(200_000, 1), secret, random(100_000, 2));
    put("small", secret, TestKeys.SERVER);
    put("large", secretLarge, TestKeys.KMS);
    copy("small", TestKeys.SERVER, "small-copy", TestKeys.KMS);
    copy("large", TestKeys.KMS, "large-copy", TestKeys.SERVER);
    assertThat(filesWith(secret)).isEmpty();

    copy("small", TestKeys.SERVER, "bare", null);
    assertThat(filesWith(secret)).isNotEmpty();
  }

  @Test
  void aCopyUnderAnotherKeyMovesNoData() throws IOException {
    byte[] body = random(LARGE, 3);
    put("k", body, TestKeys.SERVER);
    copy("k", TestKeys.SERVER, "by-kms", TestKeys.KMS);
    assertThat(LocalFixture.blobs(directory)).hasSize(1);

    assertThat(read("by-kms", TestKeys.KMS)).isEqualTo(body);
    assertThatThrownBy(() -> read("by-kms", TestKeys.SERVER)).hasMessage("another key");
  }

  @Test
  void withoutTheKeyNothingIsOpened() throws IOException {
    put("k", random(10, 1), TestKeys.SERVER);

    assertThatThrownBy(
            () -> storage.objects().get(ref("k"), ReadOptions.ALL.with(TestKeys.KMS)).close())
        .isInstanceOf(IOException.class)
        .hasMessage("another key");
    assertThatThrownBy(() -> storage.objects().get(ref("k"), ReadOptions.ALL).close())
        .isInstanceOf(IllegalStateException.class);
    assertThat(head("k").sizeBytes()).isEqualTo(10);
  }

  @Test
  void theStoreIsCheckedWithoutAnyKey() throws Exception {
    put("large", random(LARGE, 4), TestKeys.SERVER);
    put("small", random(100, 5), TestKeys.SERVER);
    copy("large", TestKeys.SERVER, "copy", TestKeys.KMS);
    List<Finding> findings = new ArrayList<>();
    storage
        .maintenance()
        .orElseThrow()
        .check(io.sluice.storage.maintenance.Maintenance.Orphans.REPORT, findings::add);
    assertThat(findings).isEmpty();
  }

  @Test
  void whatWasTamperedWithIsNotSent() throws IOException {
    storage.close();
    storage =
        LocalFixture.open(
            directory, Map.of("verify-reads", "never", "min-part-size", "10", "scrub-rate", "0"));
    put("k", random(LARGE, 6), TestKeys.SERVER);
    Path blob = LocalFixture.blobs(directory).get(0);
    byte[] bytes = Files.readAllBytes(blob);
    bytes[200_000] ^= 1;
    Files.write(blob, bytes);

    assertThatThrownBy(() -> read("k", TestKeys.SERVER)).hasMessage("Stored bytes are damaged");
  }

  @Test
  void aReopenedStoreReadsIt() throws IOException {
    byte[] large = random(LARGE, 7);
    byte[] small = random(70, 8);
    put("large", large, TestKeys.KMS);
    put("small", small, TestKeys.SERVER);
    storage.close();
    storage = open();

    assertThat(read("large", TestKeys.KMS)).isEqualTo(large);
    assertThat(read("small", TestKeys.SERVER)).isEqualTo(small);
    assertThat(head("large").encryption()).isEqualTo(TestKeys.KMS.encryption());
  }

  @Test
  void whatGrowsOrMovesKeepsItsKey() throws IOException {
    byte[] first = random(LARGE, 9);
    byte[] more = random(80, 10);
    put("k", first, TestKeys.KMS);
    fails(
        S3ErrorCode.ENCRYPTION_TYPE_MISMATCH,
        () -> storage.objects().append(ref("k"), LARGE, sealed(null), BytesPayload.of(more)));
    ObjectInfo longer =
        storage.objects().append(ref("k"), LARGE, sealed(TestKeys.KMS), BytesPayload.of(more));
    assertThat(longer.encryption()).isEqualTo(TestKeys.KMS.encryption());
    assertThat(read("k", TestKeys.KMS)).isEqualTo(join(first, more));

    storage
        .objects()
        .rename(
            ref("k"),
            ref("moved").key(),
            new RenameOptions(
                io.sluice.model.Preconditions.NONE,
                io.sluice.model.Preconditions.NONE,
                OWNER,
                null));
    assertThat(read("moved", TestKeys.KMS)).isEqualTo(join(first, more));
  }
}
