package io.sluice.web;

import java.io.IOException;

/** The client's connection failed, not the store: nobody is left to answer, nothing to repair. */
final class ConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionException(IOException cause) {
    super("The client's connection failed", cause);
  }
}
