package io.sluice.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for this machine that nobody but itself has signed, made by the JDK's keytool.
 *
 * @param chain its PEM file
 * @param key the PEM file of its key
 * @param x509 the certificate
 */
public record Certificate(Path chain, Path key, X509Certificate x509) {
  private static final String PASSWORD = "changeit";

  private static Certificate shared;

  /**
   * One that this process trusts from then on wherever nothing else is said, made at the first
   * call.
   */
  public static synchronized Certificate shared() throws IOException {
    if (shared == null) {
      try {
        Path directory = WorkDirectory.create("tls");
        Certificate made = make(directory, "shared");
        System.setProperty("javax.net.ssl.trustStore", directory.resolve("shared.p12").toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        SSLContext.setDefault(made.context());
        HttpsURLConnection.setDefaultSSLSocketFactory(made.context().getSocketFactory());
        shared = made;
      } catch (IOException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new IOException("no certificate", failure);
      }
    }
    return shared;
  }

  /** A new one, in files below the directory. */
  public static Certificate make(Path directory, String name) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,"
                    + ("dns:%1$s,dns:*.%1$s,dns:*.%2$s"
                        .formatted(Gateway.BASE_DOMAIN, Gateway.WEBSITE_DOMAIN)),
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    X509Certificate x509 = (X509Certificate) made.getCertificate("a");
    byte[] key = made.getKey("a", PASSWORD.toCharArray()).getEncoded();
    return new Certificate(
        pem(directory.resolve(name + ".crt"), "CERTIFICATE", x509.getEncoded()),
        pem(directory.resolve(name + ".key"), "PRIVATE KEY", key),
        x509);
  }

  private static Path pem(Path file, String label, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text));
  }

  /** Whom a client trusts that knows this certificate alone. */
  public TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", x509);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }

  /** The context of such a client. */
  public SSLContext context() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust().getTrustManagers(), null);
    return context;
  }
}
