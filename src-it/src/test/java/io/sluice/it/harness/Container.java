package io.sluice.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

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
      return TomcatServer.start(directory, Artefact.tomcatHome(), label());
    }
  },
  /** The WAR in a Jetty distribution. */
  JETTY {
    @Override
    Gateway start(Path directory) throws IOException {
      return JettyServer.start(directory, Artefact.jettyHome(), "ee10", label());
    }
  },
  /** The WAR in a distribution of Tomcat 10.1. */
  TOMCAT_10 {
    @Override
    Gateway start(Path directory) throws IOException {
      return TomcatServer.start(directory, Artefact.tomcat10Home(), label());
    }
  },
  /** The WAR in Debian's package of Tomcat. */
  TOMCAT_DEBIAN {
    @Override
    Gateway start(Path directory) throws IOException {
      return TomcatServer.start(directory, Artefact.debianTomcat(), label());
    }

    @Override
    void require() {
      if (Files.isDirectory(Artefact.debianTomcat())) {
        return;
      }
      String complaint = "tomcat10 is not installed";
      if ("true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"))) {
        throw new AssertionError(complaint + ", and this run requires it");
      }
      throw new TestAbortedException(complaint);
    }
  },
  /** The WAR in Jetty's environment for Jakarta EE 11. */
  JETTY_EE11 {
    @Override
    Gateway start(Path directory) throws IOException {
      return JettyServer.start(directory, Artefact.jettyHome(), "ee11", label());
    }
  },
  /** The WAR in the line of Jetty before. */
  JETTY_12_0 {
    @Override
    Gateway start(Path directory) throws IOException {
      return JettyServer.start(directory, Artefact.jetty120Home(), "ee10", label());
    }
  };

  /** Those that every test runs on; the others take a short test, or all with {@code -Pfull}. */
  static List<Container> usual() {
    return List.of(RUNNER, TOMCAT, JETTY);
  }

  /** One started for one test, who closes it; skips the test where it is not installed. */
  public Gateway startFor(Path directory) throws IOException {
    require();
    return start(directory);
  }

  void require() {}

  /** Starts it in the directory and waits until it answers. */
  abstract Gateway start(Path directory) throws IOException;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
