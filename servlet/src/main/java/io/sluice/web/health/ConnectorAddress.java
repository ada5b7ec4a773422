package io.sluice.web.health;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a connector of the container listens, as the container itself says: nothing that a client
 * writes into a request is in it. Immutable.
 *
 * @param host the local address
 * @param port the local port
 * @param context the web application's context path; empty for the root
 * @param server the container's name and version
 */
public record ConnectorAddress(String host, int port, String context, String server) {
  /** The connector that a request came in by. */
  static ConnectorAddress of(HttpServletRequest request) {
    return new ConnectorAddress(
        request.getLocalAddr(),
        request.getLocalPort(),
        request.getContextPath(),
        request.getServletContext().getServerInfo());
  }

  boolean isTomcat() {
    return server.contains("Tomcat");
  }
}
