package io.sluice.runner;

import io.sluice.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of TLS hold: an identity that is known to fit together, and whom to trust.
 *
 * @param identity the certificate with its chain and its key
 * @param trusted the authorities of clients' certificates; null where clients need none
 */
record TlsFiles(KeyStore identity, @Nullable KeyStore trusted) {
  /** Protects the key in a store that never leaves the memory. */
  static final String PASSWORD = "in memory";

  /**
   * Reads all of them.
   *
   * @throws IOException naming the file, when one cannot be read or key and certificate differ
   */
  static TlsFiles read(GatewayConfig.Tls tls) throws IOException {
    List<Certificate> chain = PemFile.read(tls.certificate()).certificates();
    PublicKey publicKey = chain.get(0).getPublicKey();
    PrivateKey key = PemFile.read(tls.privateKey()).privateKey(publicKey.getAlgorithm());
    try {
      if (!fits(key, publicKey)) {
        throw new IOException(tls.privateKey() + " is not the key of " + tls.certificate());
      }
      KeyStore identity = empty();
      identity.setKeyEntry("tls", key, PASSWORD.toCharArray(), chain.toArray(new Certificate[0]));
      return new TlsFiles(identity, trusted(tls.clientCa()));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use " + tls.certificate() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable KeyStore trusted(@Nullable Path authorities)
      throws IOException, GeneralSecurityException {
    if (authorities == null) {
      return null;
    }
    KeyStore trusted = empty();
    int number = 0;
    for (Certificate certificate : PemFile.read(authorities).certificates()) {
      trusted.setCertificateEntry("ca" + number++, certificate);
    }
    return trusted;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static boolean fits(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    byte[] probe = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(probe);
    return signature.verify(signed);
  }
}
