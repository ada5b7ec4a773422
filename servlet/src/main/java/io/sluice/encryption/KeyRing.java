package io.sluice.encryption;

import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Named keys, each in one version or more: the last one wraps, all of them unwrap, so that a key is
 * changed by adding a version. Immutable; tells no secret.
 */
public final class KeyRing {
  /** For a store that encrypts nothing. */
  public static final KeyRing EMPTY = new KeyRing(List.of());

  private static final byte FORMAT = 1;

  private final Map<String, LinkedHashMap<String, SecretKey>> keys = new LinkedHashMap<>();

  /**
   * A version of a key.
   *
   * @param name the key
   * @param version the version, unique within the name
   * @param secret 32 bytes
   */
  // Neither compared nor told.
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, String version, byte[] secret) {
    @Override
    public String toString() {
      return name + " " + version;
    }
  }

  /**
   * A ring of entries, of each name the newest last.
   *
   * @throws IllegalArgumentException when a version is there twice, or a secret is no AES-256 key
   */
  KeyRing(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.secret().length != DataKey.LENGTH_BYTES) {
        throw new IllegalArgumentException("the key " + entry + " has not 32 bytes");
      }
      SecretKey key = new SecretKeySpec(entry.secret(), "AES");
      if (keys.computeIfAbsent(entry.name(), name -> new LinkedHashMap<>())
              .put(entry.version(), key)
          != null) {
        throw new IllegalArgumentException("the key " + entry + " is there twice");
      }
    }
  }

  /** The names. */
  Set<String> names() {
    return keys.keySet();
  }

  /**
   * Wraps a data key with the newest version of a key.
   *
   * @param name a key that is there
   * @param context what has to be the same at the unwrapping
   */
  byte[] wrap(String name, DataKey key, String context) {
    Map<String, SecretKey> versions = keys.get(name);
    if (versions == null) {
      throw new IllegalStateException("there is no key " + name);
    }
    Map.Entry<String, SecretKey> newest = null;
    for (Map.Entry<String, SecretKey> version : versions.entrySet()) {
      newest = version;
    }
    if (newest == null) {
      throw new IllegalStateException("the key " + name + " has no version");
    }
    byte[] version = utf8(newest.getKey());
    byte[] wrapped = KeyWrap.wrap(newest.getValue(), key, associated(name, context));
    return ByteBuffer.allocate(2 + version.length + wrapped.length)
        .put(FORMAT)
        .put((byte) version.length)
        .put(version)
        .put(wrapped)
        .array();
  }

  /**
   * Unwraps.
   *
   * @throws IOException when the version that it was wrapped with is not there, or the bytes are
   *     not what was written
   */
  DataKey unwrap(String name, byte[] bytes, String context) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < 2 || in.get() != FORMAT) {
      throw new IOException("A wrapped key is damaged");
    }
    byte[] version = new byte[in.get()];
    if (version.length > in.remaining()) {
      throw new IOException("A wrapped key is damaged");
    }
    in.get(version);
    byte[] wrapped = new byte[in.remaining()];
    in.get(wrapped);
    String named = new String(version, StandardCharsets.UTF_8);
    SecretKey key = keys.getOrDefault(name, new LinkedHashMap<>()).get(named);
    if (key == null) {
      throw new IOException("Version " + named + " of the key " + name + " is not there any more");
    }
    return KeyWrap.unwrap(key, wrapped, associated(name, context))
        .orElseThrow(
            () -> new IOException("A wrapped key is damaged, or the key " + name + " is another"));
  }

  /** The same as an envelope. */
  Envelope envelope(String name, DataKey key, String context) {
    return new Envelope(wrap(name, key, context));
  }

  private static byte[] associated(String name, String context) {
    return utf8(name + "\0" + context);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "KeyRing" + keys.keySet();
  }
}
