package io.sluice.storage.contract;

import io.sluice.model.encryption.Encryption;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key whose wrapping is a mask: enough to tell one from another.
 *
 * @param encryption what readers are told
 * @param mask the key
 */
public record TestKeys(Encryption encryption, byte mask) implements KeyWrapping, KeyUnwrapping {
  /** The server's. */
  public static final TestKeys SERVER = new TestKeys(Encryption.SSE_S3, (byte) 0x55);

  /** One of KMS. */
  public static final TestKeys KMS =
      new TestKeys(new Encryption(Encryption.Kind.SSE_KMS, "key", "{}", true), (byte) 0x33);

  @Override
  public Envelope wrap(DataKey key) {
    byte[] wrapped = Arrays.copyOf(key.secret(), DataKey.LENGTH_BYTES + 1);
    wrapped[DataKey.LENGTH_BYTES] = 0;
    for (int i = 0; i < wrapped.length; i++) {
      wrapped[i] ^= mask;
    }
    return new Envelope(wrapped);
  }

  @Override
  public void admit(@Nullable Encryption found) {}

  @Override
  public DataKey unwrap(Encryption found, Envelope envelope) throws IOException {
    byte[] secret = envelope.toBytes();
    for (int i = 0; i < secret.length; i++) {
      secret[i] ^= mask;
    }
    if (secret[DataKey.LENGTH_BYTES] != 0) {
      throw new IOException("another key");
    }
    return new DataKey(Arrays.copyOf(secret, DataKey.LENGTH_BYTES));
  }
}
