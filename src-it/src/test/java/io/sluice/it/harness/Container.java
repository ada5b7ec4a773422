package io.sluice.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    boolean installed() {
      return Files.isDirectory(Artefact.debianTomcat());
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
  },
  /** The executable jar, over its own TLS. */
  RUNNER_TLS {
    @Override
    Gateway start(Path directory) throws IOException {
      return RunnerServer.startTls(directory);
    }
  },
  /** The executable jar behind nginx, which ends TLS. */
  NGINX_TLS {
    @Override
    Gateway start(Path directory) throws IOException {
      Gateway runner = RunnerServer.start(directory, "trusted-proxies=127.0.0.1");
      Gateway proxied = NginxProxy.startTls(directory, runner);
      return new Gateway(
          label(), proxied.endpoint(), proxied.process().before(runner.process()), runner.direct());
    }

    @Override
    boolean installed() {
      return Tool.installed("nginx");
    }
  };

  /** Those that every test runs on; the others take a short test, or all with {@code -Pfull}. */
  static List<Container> usual() {
    return List.of(RUNNER, TOMCAT, JETTY);
  }

  /** Those that tests marked {@link OverTls} run on as well. */
  static List<Container> encrypted() {
    return List.of(NGINX_TLS, RUNNER_TLS);
  }

  /** One started for one test, who closes it; skips the test where it is not installed. */
  public Gateway startFor(Path directory) throws IOException {
    if (!installed()) {
      Tool.missing(label());
    }
    return start(directory);
  }

  /** Whether what it needs beside the build is on this machine. */
  boolean installed() {
    return true;
  }

  /** Starts it in the directory and waits until it answers. */
  abstract Gateway start(Path directory) throws IOException;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
