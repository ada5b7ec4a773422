package io.sluice.it.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The packagings that Sluice ships in, each started from what the build made of them. */
public enum Container {
  /** The executable jar with its embedded Jetty. */
  RUNNER {
    @Override
    Gateway start(Path directory) throws IOException {
      return RunnerServer.start(directory);
    }
  },
  /** The WAR in a Tomcat distribution. */
  TOMCAT {
    @Override
    Gateway start(Path directory) throws IOException {
      return TomcatServer.start(directory);
    }
  },
  /** The WAR in a Jetty distribution. */
  JETTY {
    @Override
    Gateway start(Path directory) throws IOException {
      return JettyServer.start(directory);
    }
  };

  /** Starts it in the directory and waits until it answers. */
  abstract Gateway start(Path directory) throws IOException;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
