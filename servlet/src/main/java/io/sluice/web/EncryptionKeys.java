package io.sluice.web;

import io.sluice.config.ConfigException;
import io.sluice.config.GatewayConfig;
import io.sluice.encryption.KeyFile;
import io.sluice.encryption.KeyRing;
import io.sluice.encryption.KeyService;
import io.sluice.encryption.LocalKeyService;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.encryption.vault.VaultKeyService;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the keys of encryption at rest where the settings say. Stateless. */
final class EncryptionKeys {
  private EncryptionKeys() {}

  /**
   * Opens them; for a store that encrypts, and for no other, they are made at the first start.
   *
   * @throws ConfigException for a bad setting, in one line
   */
  static ServerSideEncryption.Keys of(Storage storage, GatewayConfig config) throws IOException {
    GatewayConfig.Encryption settings = config.encryption();
    LocalKeyService.Definition kms;
    try {
      kms = LocalKeyService.define(settings.kmsKeys());
      KeyRing ring = KeyRing.EMPTY;
      if (storage.capabilities().contains(Capability.ENCRYPTION)) {
        Set<String> required = new HashSet<>(kms.required());
        required.add(ServerSideEncryption.MASTER_KEY);
        ring = ring(settings, required);
      }
      return new ServerSideEncryption.Keys(
          ring, service(settings.vault(), kms, ring), settings.customerKeysInTheClear());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("encryption: " + e.getMessage());
    }
  }

  private static KeyService service(
      GatewayConfig.Encryption.@Nullable Vault vault,
      LocalKeyService.Definition kms,
      KeyRing ring) {
    return vault == null
        ? kms.over(ring)
        : new VaultKeyService(
            new VaultKeyService.Settings(
                vault.address(), vault.tokenFile(), vault.mount(), vault.key()));
  }

  private static KeyRing ring(GatewayConfig.Encryption settings, Set<String> required)
      throws IOException {
    String variable = settings.keyVariable();
    if (variable == null) {
      return KeyFile.open(settings.keyFile(), required);
    }
    String text = System.getenv(variable);
    if (text == null) {
      throw new ConfigException(
          "encryption.key-variable = " + variable + ": there is no such environment variable");
    }
    return KeyFile.parse(text, "the environment variable " + variable, required);
  }
}
