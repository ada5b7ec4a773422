package io.sluice.it.harness;

import java.net.URI;

/**
 * A server that answers S3, and how to reach it. Thread-safe.
 *
 * @param name the container's name, as tests print it
 * @param endpoint where the gateway is mounted, such as {@code http://127.0.0.1:1234/s3}
 * @param process the process behind it; an external server has one that does nothing
 * @param direct the gateway's own root, which for one behind a proxy is another address
 */
public record Gateway(String name, URI endpoint, ServerProcess process, URI direct)
    implements AutoCloseable {

  /** One without a proxy before it. */
  public Gateway(String name, URI endpoint, ServerProcess process) {
    this(name, endpoint, process, endpoint.resolve("/"));
  }

  /** The domain that every server of the harness takes bucket names in front of. */
  public static final String BASE_DOMAIN = "s3.localhost";

  /** The domain below which every server of the harness serves websites. */
  public static final String WEBSITE_DOMAIN = "web.localhost";

  /** The region that requests are signed for. */
  public static final String REGION = "us-east-1";

  /** Host and port, as in a Host header. */
  public String authority() {
    return endpoint.getAuthority();
  }

  /** The path in front of every bucket; empty at the root. */
  public String prefix() {
    String path = endpoint.getRawPath();
    return path == null || path.equals("/") ? "" : path;
  }

  /** The same server's root, where the gateway answers as well. */
  public URI root() {
    return URI.create(endpoint.getScheme() + "://" + authority());
  }

  /** Whether tests may assume what only servers started by the harness have. */
  public boolean external() {
    return name.equals("external");
  }

  /** Stops the process. */
  @Override
  public void close() {
    if (!external()) {
      process.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
