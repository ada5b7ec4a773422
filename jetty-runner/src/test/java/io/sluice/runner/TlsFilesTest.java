package io.sluice.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path directory;

  /** Makes NAME.crt and NAME.key as an authority would hand them out. */
  private void make(String name, String algorithm) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    Key key = made.getKey("a", PASSWORD.toCharArray());
    Certificate certificate = made.getCertificate("a");
    write(name + ".key", "PRIVATE KEY", key.getEncoded());
    write(name + ".crt", "CERTIFICATE", certificate.getEncoded());
  }

  private void write(String name, String label, byte[] bytes) throws IOException {
    Files.writeString(
        directory.resolve(name),
        "Bag Attributes: none\n-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label));
  }

  private GatewayConfig.Tls tls(String certificate, String key, @Nullable String authority) {
    return new GatewayConfig.Tls(
        directory.resolve(certificate),
        directory.resolve(key),
        authority == null ? null : directory.resolve(authority),
        true);
  }

  @Test
  void readsEveryKindOfKey() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
      make(algorithm, algorithm);
      TlsFiles files = TlsFiles.read(tls(algorithm + ".crt", algorithm + ".key", null));
      assertThat(files.identity().isKeyEntry("tls")).isTrue();
      assertThat(files.trusted()).isNull();
    }
    TlsFiles mutual = TlsFiles.read(tls("EC.crt", "EC.key", "RSA.crt"));
    assertThat(mutual.trusted()).isNotNull();
    assertThat(mutual.trusted().size()).isEqualTo(1);
  }

  @Test
  void refusesWhatDoesNotFitNamingTheFile() throws Exception {
    make("a", "EC");
    make("b", "EC");
    write("old.key", "EC PRIVATE KEY", new byte[] {1});
    write("locked.key", "ENCRYPTED PRIVATE KEY", new byte[] {1});
    write("junk.key", "PRIVATE KEY", new byte[] {1});
    write("junk.crt", "CERTIFICATE", new byte[] {1});
    refused(tls("a.crt", "b.key", null), "b.key is not the key of");
    refused(tls("none.crt", "a.key", null), "cannot read", "none.crt");
    refused(tls("a.key", "a.key", null), "holds no certificate");
    refused(tls("a.crt", "a.crt", null), "holds 0 private keys");
    refused(tls("a.crt", "old.key", null), "old.key holds an EC PRIVATE KEY", "openssl pkcs8");
    refused(tls("a.crt", "locked.key", null), "ENCRYPTED PRIVATE KEY");
    refused(tls("a.crt", "junk.key", null), "junk.key holds no private key");
    refused(tls("junk.crt", "a.key", null), "junk.crt holds a certificate that");
    refused(tls("a.crt", "a.key", "a.key"), "holds no certificate");
  }

  private static void refused(GatewayConfig.Tls tls, String... words) {
    assertThatThrownBy(() -> TlsFiles.read(tls))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }
}
