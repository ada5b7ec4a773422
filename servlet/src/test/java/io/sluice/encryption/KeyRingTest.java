package io.sluice.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Master keys, the file that has them, the local key service and customers' keys. */
class KeyRingTest {
  private static final Set<String> REQUIRED = Set.of("sse-s3", "kms:finance");

  @TempDir private Path directory;

  private static String secret(int seed) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) seed;
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void keysAreMadeOnceAndForTheirOwnerAlone() throws IOException {
    Path file = directory.resolve("keys");
    KeyRing made = KeyFile.open(file, REQUIRED);
    String text = Files.readString(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    DataKey key = DataKey.random();
    Envelope envelope = made.envelope("sse-s3", key, "");

    KeyRing again = KeyFile.open(file, REQUIRED);
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(again.unwrap("sse-s3", envelope.toBytes(), "").secret()).isEqualTo(key.secret());
    assertThatThrownBy(() -> again.unwrap("kms:finance", envelope.toBytes(), ""))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> again.unwrap("sse-s3", envelope.toBytes(), "{}"))
        .isInstanceOf(IOException.class);

    KeyFile.open(file, Set.of("sse-s3", "kms:finance", "kms:new"));
    assertThat(Files.readString(file)).startsWith(text).contains("kms:new");
  }

  @Test
  void anAddedVersionEncryptsAndOldOnesDecrypt() throws IOException {
    String old = "sse-s3 1 = " + secret(1);
    KeyRing before = KeyFile.parse(old, "test", Set.of("sse-s3"));
    DataKey key = DataKey.random();
    byte[] wrapped = before.wrap("sse-s3", key, "");

    KeyRing after = KeyFile.parse(old + ";sse-s3 2 = " + secret(2), "test", Set.of("sse-s3"));
    assertThat(after.unwrap("sse-s3", wrapped, "").secret()).isEqualTo(key.secret());
    byte[] anew = after.wrap("sse-s3", key, "");
    assertThatThrownBy(() -> before.unwrap("sse-s3", anew, ""))
        .hasMessage("Version 2 of the key sse-s3 is not there any more");
    assertThatThrownBy(() -> after.unwrap("sse-s3", new byte[] {1}, ""))
        .hasMessage("A wrapped key is damaged");
    wrapped[wrapped.length - 1] ^= 1;
    assertThatThrownBy(() -> after.unwrap("sse-s3", wrapped, "")).isInstanceOf(IOException.class);
  }

  @Test
  void aWrongFileIsToldWithItsLineAndWithoutItsSecrets() {
    for (String bad :
        List.of(
            "sse-s3 = " + secret(1),
            "sse-s3 1 2 = x",
            "sse-s3 1 " + secret(1),
            "sse-s3 1 = c2hvcnQ=",
            "sse-s3 1 = %" + secret(1))) {
      assertThatThrownBy(() -> KeyFile.parse("# x\n" + bad, "keys", Set.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("keys, line 2")
          .hasMessageNotContaining(secret(1));
    }
    String twice = "a 1 = " + secret(1) + "\na 1 = " + secret(2);
    assertThatThrownBy(() -> KeyFile.parse(twice, "keys", Set.of()))
        .hasMessage("the key a 1 is there twice");
    assertThatThrownBy(() -> KeyFile.parse("", "keys", Set.of("sse-s3")))
        .hasMessage("keys has no key [sse-s3]");
  }

  @Test
  void theLocalServiceKnowsNamesAliasesAndArns() throws IOException {
    KeyService service = EncryptionFixture.keys(true).service();
    String key = EncryptionFixture.KMS_KEY;
    for (String id :
        List.of(
            key,
            "alias/tests",
            "arn:aws:kms:us-east-1:111122223333:key/" + key,
            "arn:aws:kms:us-east-1:111122223333:alias/tests")) {
      assertThat(service.resolve(id)).isEqualTo(key);
    }
    assertThat(service.resolve("")).isEqualTo("aws/s3");
    assertThat(service.resolve("alias/aws/s3")).isEqualTo("aws/s3");
    for (String id : List.of("no", "alias/no", "arn:aws:kms:us-east-1:1:alias/no")) {
      assertThatThrownBy(() -> service.resolve(id))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.KMS_NOT_FOUND));
    }
    DataKey dataKey = DataKey.random();
    byte[] wrapped = service.wrap(key, dataKey, "{}");
    assertThat(service.unwrap(key, wrapped, "{}").secret()).isEqualTo(dataKey.secret());
    assertThatThrownBy(() -> service.unwrap(key, wrapped, "")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> service.unwrap("other-key", wrapped, "{}"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> LocalKeyService.define(List.of("alias/x=nobody")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LocalKeyService.define(List.of("no spaces")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCustomersKeyIsKnownAgain() {
    CustomerKey key = new CustomerKey(new byte[32], "md5");
    byte[] bytes = new byte[32];
    bytes[0] = 1;
    CustomerKey other = new CustomerKey(bytes, "md5");
    DataKey dataKey = DataKey.random();
    Envelope envelope = key.wrap(dataKey);

    assertThat(key.fits(key.encryption())).isTrue();
    assertThat(other.fits(key.encryption())).isFalse();
    assertThat(key.encryption()).isNotEqualTo(key.encryption());
    assertThat(key.unwrap(envelope).orElseThrow().secret()).isEqualTo(dataKey.secret());
    assertThat(other.unwrap(envelope)).isEmpty();
  }

  @Test
  void nothingTellsASecret() {
    assertThat(DataKey.random()).hasToString("DataKey[masked]");
    assertThat(new CustomerKey(new byte[32], "md5")).hasToString("CustomerKey[masked]");
    assertThat(new KeyRing(List.of(new KeyRing.Entry("a", "1", new byte[32]))))
        .hasToString("KeyRing[a]");
  }
}
