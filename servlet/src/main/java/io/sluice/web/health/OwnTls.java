package io.sluice.web.health;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS from this machine to itself, by an address that no certificate names: none is verified, and
 * nothing is sent that is worth hiding. Confined to one thread.
 */
final class OwnTls {
  private static final int DNS_NAME = 2; // RFC 5280: dNSName in a GeneralName

  private final SSLContext context;
  private boolean askedForCertificate;

  OwnTls() throws IOException {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new NoCertificate()}, new TrustManager[] {new Everybody()}, null);
    } catch (GeneralSecurityException e) {
      throw new IOException("there is no TLS", e);
    }
  }

  /** A socket that is not connected. */
  Socket socket() throws IOException {
    return context.getSocketFactory().createSocket();
  }

  /** Whether a connector has asked for a certificate, of which there is none to show. */
  boolean askedForCertificate() {
    return askedForCertificate;
  }

  /**
   * Shakes hands.
   *
   * @return a name of the connector's certificate, since Jetty refuses hosts that are not in it;
   *     null when it has none
   */
  static @Nullable String name(SSLSocket socket) throws IOException, GeneralSecurityException {
    socket.startHandshake();
    if (!(socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate)) {
      return null;
    }
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (Integer.valueOf(DNS_NAME).equals(name.get(0))
          && name.get(1) instanceof String text
          && !text.contains("*")) {
        return text;
      }
    }
    return null;
  }

  /** Trusts every certificate. */
  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Has no certificate, and remembers that one was asked for. */
  private final class NoCertificate implements X509KeyManager {
    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      askedForCertificate = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }
}
