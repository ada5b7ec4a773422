package io.sluice.web.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-test of a container that speaks TLS alone, with a certificate for a name outside. */
class SelfTestOverTlsTest {
  private static final String PASSWORD = "changeit";

  private final SelfTest selfTest = new SelfTest();
  @TempDir private Path directory;

  private String keyStore() throws Exception {
    String store = directory.resolve("s3.p12").toString();
    Process keytool =
        new ProcessBuilder(
                (Path.of(System.getProperty("java.home"), "bin", "keytool")
                        + " -genkeypair -alias a -keyalg EC -dname CN=outside"
                        + " -ext san=dns:*.s3.example.com,dns:s3.example.com -storetype PKCS12"
                        + " -storepass changeit -keystore "
                        + store)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  /** As Jetty comes: it refuses hosts that the certificate does not name. */
  private Server serve(boolean asksForCertificates) throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keyStore());
    tls.setKeyStorePassword(PASSWORD);
    tls.setNeedClientAuth(asksForCertificates);
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    http.setUriCompliance(new UriCompliance("test", EnumSet.allOf(UriCompliance.Violation.class)));
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(new ServletHolder(new EchoServlet(selfTest)), "/*");
    server.setHandler(context);
    server.start();
    return server;
  }

  private static ConnectorAddress address(String host, Server server) {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return new ConnectorAddress(host, port, "", "Jetty");
  }

  @Test
  void tellsWhatTheConnectorLetsThrough() throws Exception {
    Server server = serve(false);
    try {
      SelfTest.Report report = selfTest.run(address("127.0.0.1", server));
      assertThat(report.findings().get(0).fault()).isNull();
      assertThat(report.wrong())
          .extracting(finding -> finding.setting().id())
          .contains("big-headers")
          .doesNotContain("encoded-slash");
    } finally {
      server.stop();
    }
  }

  @Test
  void saysThatItHasNoCertificateToShow() throws Exception {
    Server server = serve(true);
    try {
      ConnectorAddress address = address("127.0.0.1", server);
      assertThatThrownBy(() -> selfTest.run(address))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("asks for clients' certificates, and the gateway has none to show");
    } finally {
      server.stop();
    }
  }

  @Test
  void asksNoOtherMachine() {
    ConnectorAddress elsewhere = new ConnectorAddress("192.0.2.1", 443, "", "Jetty");
    assertThatThrownBy(() -> selfTest.run(elsewhere))
        .isInstanceOf(IOException.class)
        .hasMessage("192.0.2.1 is no address of this machine");
  }
}
