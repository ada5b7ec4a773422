package io.sluice.auth;

import java.io.IOException;
import java.io.InputStream;

/** Where a request's raw body is read; asked once, and only when something reads it. */
@FunctionalInterface
public interface BodySource {
  /** The raw body. With {@code Expect: 100-continue} this is what lets the client send it. */
  InputStream open() throws IOException;
}
