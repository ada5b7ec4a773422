package io.sluice.encryption;

import io.sluice.storage.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Encryption with keys made up for a test. */
public final class EncryptionFixture {
  /** A key of the local service, known as {@code alias/tests} too. */
  public static final String KMS_KEY = "test-key";

  private EncryptionFixture() {}

  /** Encryption in a store, where clients may send keys in the clear. */
  public static ServerSideEncryption over(Storage storage) {
    return over(storage, true);
  }

  /** The same with the setting. */
  public static ServerSideEncryption over(Storage storage, boolean customerKeysInTheClear) {
    return new ServerSideEncryption(storage, keys(customerKeysInTheClear));
  }

  /** Keys. */
  public static ServerSideEncryption.Keys keys(boolean customerKeysInTheClear) {
    LocalKeyService.Definition kms =
        LocalKeyService.define(List.of(KMS_KEY, "other-key", "alias/tests=" + KMS_KEY));
    Set<String> names = new HashSet<>(kms.required());
    names.add(ServerSideEncryption.MASTER_KEY);
    List<KeyRing.Entry> entries = new ArrayList<>();
    int seed = 0;
    for (String name : names.stream().sorted().toList()) {
      byte[] secret = new byte[32];
      secret[0] = (byte) ++seed;
      entries.add(new KeyRing.Entry(name, "1", secret));
    }
    KeyRing ring = new KeyRing(entries);
    return new ServerSideEncryption.Keys(ring, kms.over(ring), customerKeysInTheClear);
  }
}
