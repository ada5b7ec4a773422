package io.sluice.it.bench;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import java.nio.charset.StandardCharsets;

/**
 * A server that takes part.
 *
 * @param name as the table says
 * @param gateway where it answers, and its process
 * @param kind what it is
 */
record Contestant(String name, Gateway gateway, Kind kind) implements AutoCloseable {
  /** What a server can be. */
  enum Kind {
    /** This gateway. */
    SLUICE,
    /** Another one, with the same requests. */
    PEER,
    /** Files over HTTP, without signatures: what reading costs at least. */
    FILES
  }

  /** Head of a request on a connection that stays open, signed where signatures are checked. */
  byte[] head(String method, String target, int lengthBytes) {
    RawRequest request = RawRequest.of(gateway, method, target);
    if (lengthBytes > 0) {
      request.header("content-length", Integer.toString(lengthBytes));
    }
    String head =
        kind == Kind.FILES
            ? method + " " + target + " HTTP/1.1\r\nHost: " + gateway.authority() + "\r\n\r\n"
            : request.signedHead().replace("connection: close\r\n", "");
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Time on a processor so far, of it and of its children. */
  long cpuNanos() {
    return ProcessCpu.nanos(gateway.process().pid());
  }

  @Override
  public void close() {
    gateway.close();
  }
}
