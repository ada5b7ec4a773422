package io.sluice.encryption;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.encryption.DataKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key service of keys that lie beside the gateway's own, named by a setting. It keeps clients'
 * keys apart from each other, and not from whoever reads the gateway's files. Thread-safe.
 */
public final class LocalKeyService implements KeyService {
  /** Tells its keys from the gateway's own in the one key file. */
  private static final String PREFIX = "kms:";

  /** The key of those who name none. */
  private static final String DEFAULT_KEY = "aws/s3";

  private static final Pattern ARN =
      Pattern.compile("arn:[^:]*:kms:[^:]*:[^:]*:(?:key/(.+)|(alias/.+))");

  private final KeyRing ring;
  private final Set<String> names;
  private final Map<String, String> aliases;

  private LocalKeyService(KeyRing ring, Set<String> names, Map<String, String> aliases) {
    this.ring = ring;
    this.names = Set.copyOf(names);
    this.aliases = Map.copyOf(aliases);
  }

  /**
   * What a setting names.
   *
   * @param keys the names, each {@code NAME} or {@code alias/ALIAS=NAME}
   * @throws IllegalArgumentException when one is not of that form, or an alias has no key
   */
  public static Definition define(List<String> keys) {
    Map<String, String> aliases = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of(DEFAULT_KEY));
    for (String key : keys) {
      int sign = key.indexOf('=');
      String name = key.substring(sign + 1).strip();
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9:/_.-]{0,255}")) {
        throw new IllegalArgumentException("\"" + name + "\" is no name of a key");
      }
      if (sign < 0) {
        names.add(name);
      } else {
        aliases.put(key.substring(0, sign).strip(), name);
      }
    }
    aliases.forEach(
        (alias, name) -> {
          if (!alias.startsWith("alias/") || !names.contains(name)) {
            throw new IllegalArgumentException(
                "\"" + alias + "=" + name + "\": alias/NAME=KEY, and KEY is named too");
          }
        });
    aliases.put("alias/" + DEFAULT_KEY, DEFAULT_KEY);
    return new Definition(Set.copyOf(names), aliases);
  }

  /**
   * Names and aliases.
   *
   * @param names the keys
   * @param aliases other names of them
   */
  public record Definition(Set<String> names, Map<String, String> aliases) {
    /** The names under which the key file has them. */
    public Set<String> required() {
      return Set.copyOf(names.stream().map(name -> PREFIX + name).toList());
    }

    /** The service over a ring that has them. */
    public KeyService over(KeyRing ring) {
      return new LocalKeyService(ring, names, aliases);
    }
  }

  @Override
  public String resolve(String keyId) {
    if (keyId.isEmpty()) {
      return DEFAULT_KEY;
    }
    String name = aliases.getOrDefault(keyId, keyId);
    if (names.contains(name)) {
      return name;
    }
    Matcher arn = ARN.matcher(keyId);
    if (arn.matches()) {
      String alias = arn.group(2);
      String named = alias == null ? arn.group(1) : aliases.getOrDefault(alias, "");
      if (names.contains(named)) {
        return named;
      }
    }
    throw missing(keyId);
  }

  private static S3Exception missing(String keyId) {
    return S3ErrorCode.KMS_NOT_FOUND.exception("Key '" + keyId + "' does not exist");
  }

  @Override
  public byte[] wrap(String keyId, DataKey key, String context) {
    return ring.wrap(PREFIX + require(keyId), key, context);
  }

  @Override
  public DataKey unwrap(String keyId, byte[] wrapped, String context) throws IOException {
    return ring.unwrap(PREFIX + require(keyId), wrapped, context);
  }

  private String require(String keyId) {
    if (!names.contains(keyId)) {
      throw missing(keyId);
    }
    return keyId;
  }
}
