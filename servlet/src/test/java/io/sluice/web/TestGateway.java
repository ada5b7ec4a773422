package io.sluice.web;

import io.sluice.auth.Credential;
import io.sluice.auth.FileCredentialStore;
import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import io.sluice.config.GatewayConfig;
import io.sluice.encryption.EncryptionFixture;
import io.sluice.iam.directory.Directory;
import io.sluice.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A gateway that listens on a free port of this machine, over any back end; it checks signatures.
 */
public final class TestGateway implements Closeable {
  private final Server server;
  private final ServerConnector connector;
  private final Credential credential;

  private TestGateway(Server server, ServerConnector connector, Credential credential) {
    this.server = server;
    this.connector = connector;
    this.credential = credential;
  }

  /** Starts one; the back end is closed with it. */
  public static TestGateway over(Storage storage) throws IOException {
    GatewayConfig config = new ConfigReader().option(ConfigKey.AUTH_MODE, "sigv4").read();
    Path file = Files.createTempDirectory("gateway").resolve("credentials");
    Credential credential = FileCredentialStore.generate(file);
    Directory credentials = Directory.inMemory(FileCredentialStore.open(file, Clock.systemUTC()));
    Gateway gateway =
        Gateway.over(
            config,
            storage,
            credentials,
            Gateway.operations(
                storage,
                io.sluice.cluster.ClusterSettings.inMemory(java.util.Set.of()),
                config,
                credentials,
                EncryptionFixture.over(storage)));
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(new UriCompliance("test", EnumSet.allOf(UriCompliance.Violation.class)));
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServletContainerInitializer(new SluiceInitializer(gateway));
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException(e);
    }
    return new TestGateway(server, connector, credential);
  }

  /** The port. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The key pair of its administrator. */
  public Credential credential() {
    return credential;
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
