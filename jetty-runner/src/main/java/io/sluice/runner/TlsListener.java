package io.sluice.runner;

import java.io.IOException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HostHeaderCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3 in Jetty, with HTTP/1.1 and HTTP/2 inside. Thread-safe. */
final class TlsListener {
  private static final int STREAM_WINDOW = 1 << 20;
  private static final int SESSION_WINDOW = 8 << 20;

  private final SslContextFactory.Server context = new SslContextFactory.Server();

  TlsListener(TlsFiles files) {
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setRenegotiationAllowed(false);
    context.setUseCipherSuitesOrder(true);
    context.setCipherComparator(HTTP2Cipher.COMPARATOR);
    context.setKeyStorePassword(TlsFiles.PASSWORD);
    context.setNeedClientAuth(files.trusted() != null);
    take(context, files);
  }

  private static void take(SslContextFactory context, TlsFiles files) {
    context.setKeyStore(files.identity());
    context.setTrustStore(files.trusted());
  }

  /** Connections from now on see the new files; those that are open stay as they are. */
  void reload(TlsFiles files) throws IOException {
    try {
      context.reload(changed -> take(changed, files));
    } catch (Exception e) {
      throw new IOException("the certificate was not taken: " + e.getMessage(), e);
    }
  }

  /** The protocols of a connection, from the outer to the inner. */
  ConnectionFactory[] protocols(HttpConfiguration http, boolean http2) {
    // Clients sign many names for one gateway; the signature says which, not the certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (!http2) {
      return new ConnectionFactory[] {
        new SslConnectionFactory(context, http1.getProtocol()), http1
      };
    }
    // HTTP/2 names the host elsewhere, and signatures are over a header called Host.
    http.addCustomizer(new HostHeaderCustomizer());
    HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(http);
    h2.setInitialStreamRecvWindow(STREAM_WINDOW);
    h2.setInitialSessionRecvWindow(SESSION_WINDOW);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(context, alpn.getProtocol()), alpn, h2, http1
    };
  }
}
