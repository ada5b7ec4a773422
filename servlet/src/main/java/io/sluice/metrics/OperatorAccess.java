package io.sluice.metrics;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Who may see how the gateway does: with a token, whoever sends it as {@code Authorization: Bearer
 * …}; without one, this machine alone, and not through a proxy on it. Immutable.
 *
 * @param token what has to be sent; empty to serve this machine alone
 */
public record OperatorAccess(String token) {
  /** Whether the sender of a request may. */
  public boolean permits(HttpServletRequest request) throws IOException {
    if (!token.isEmpty()) {
      String sent = request.getHeader("Authorization");
      return sent != null
          && MessageDigest.isEqual(
              sent.getBytes(StandardCharsets.UTF_8),
              ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
    boolean forwarded =
        request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
    // A literal address: nothing is looked up.
    return !forwarded && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
  }

  @Override
  public String toString() {
    return token.isEmpty() ? "OperatorAccess[]" : "OperatorAccess[token]";
  }
}
