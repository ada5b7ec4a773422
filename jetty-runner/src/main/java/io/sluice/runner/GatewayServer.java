package io.sluice.runner;

import io.sluice.config.ConfigException;
import io.sluice.config.GatewayConfig;
import io.sluice.web.Gateway;
import io.sluice.web.SluiceInitializer;
import io.sluice.web.health.ConnectorAddress;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A gateway in an embedded Jetty, set up for S3. Thread-safe. */
public final class GatewayServer implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final GatewayConfig.Listen listen;

  private GatewayServer(Server server, ServerConnector connector, GatewayConfig.Listen listen) {
    this.server = server;
    this.connector = connector;
    this.listen = listen;
  }

  /**
   * Starts serving; the gateway is closed with the server.
   *
   * @throws IOException when the address cannot be bound, or Jetty does not start
   */
  public static GatewayServer start(Gateway gateway) throws IOException {
    GatewayConfig.Listen listen = gateway.config().listen();
    QueuedThreadPool threads = new QueuedThreadPool(listen.threads());
    threads.setName("http");
    Server server = new Server(threads);
    ServerConnector connector;
    try {
      connector = connector(server, gateway.config());
    } catch (IOException e) {
      throw stopped(server, gateway, new ConfigException("cannot speak TLS: " + e.getMessage()));
    }
    connector.setHost(listen.address());
    connector.setPort(listen.port());
    connector.setIdleTimeout(listen.idleTimeout().toMillis());
    server.addConnector(connector);
    gateway.metrics().connections(() -> connector.getConnectedEndPoints().size());
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setProtectedTargets(new String[0]);
    context.addServletContainerInitializer(new SluiceInitializer(gateway));
    server.setHandler(new GracefulHandler(context));
    server.setErrorHandler(new S3ErrorHandler());
    server.setStopTimeout(listen.stopTimeout().toMillis());
    try {
      server.start();
    } catch (Exception e) {
      throw stopped(server, gateway, e);
    }
    String host = isAnywhere(listen.address()) ? "127.0.0.1" : listen.address();
    gateway
        .selfTest()
        .logOnce(new ConnectorAddress(host, connector.getLocalPort(), "", "the runner"));
    return new GatewayServer(server, connector, listen);
  }

  private static ServerConnector connector(Server server, GatewayConfig config) throws IOException {
    HttpConfiguration http = http(config);
    GatewayConfig.Tls tls = config.listen().tls();
    if (tls == null) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    String state = TlsReload.stateOf(tls); // before reading, so that no change goes unseen
    TlsListener listener = new TlsListener(TlsFiles.read(tls));
    server.addBean(new TlsReload(tls, state, listener));
    return new ServerConnector(server, listener.protocols(http, tls.http2()));
  }

  private static IOException stopped(Server server, Gateway gateway, Exception failure) {
    IOException thrown = new IOException("cannot serve: " + rootOf(failure).getMessage(), failure);
    try {
      server.stop();
      gateway.close();
    } catch (Exception e) {
      thrown.addSuppressed(e);
    }
    return thrown;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static HttpConfiguration http(GatewayConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriPolicy.s3());
    // Signed header values must arrive as they were sent: "Text/Plain" stays "Text/Plain".
    http.setHeaderCacheCaseSensitive(true);
    // Nor would a cache find any of them again: most are signed anew with each request.
    http.setHeaderCacheSize(0);
    http.setRequestHeaderSize(config.limits().headers().intBytes());
    http.setResponseHeaderSize(config.limits().headers().intBytes());
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    return http;
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  private static boolean isAnywhere(String address) {
    return address.equals("0.0.0.0") || address.equals("::");
  }

  /** The endpoint that clients are given. */
  public String endpoint() {
    String scheme = listen.tls() == null ? "http://" : "https://";
    String name = isAnywhere(listen.address()) ? "127.0.0.1" : listen.address();
    return scheme + (name.contains(":") ? "[" + name + "]" : name) + ":" + port() + "/s3";
  }

  /** Waits until the server has stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  /** Lets requests in flight end, then stops. */
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the server did not stop cleanly", e);
    }
  }
}
