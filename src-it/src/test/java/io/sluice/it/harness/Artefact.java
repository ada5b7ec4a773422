package io.sluice.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the build made, and where: system properties, else the places where Maven puts it. */
public final class Artefact {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));

  private Artefact() {}

  /** The executable jar. */
  public static Path jar() {
    return existing("sluice.jar", ROOT.resolve("jetty-runner/target/sluice.jar"));
  }

  /** The web archive. */
  public static Path war() {
    return existing("sluice.war", ROOT.resolve("war/target/s3.war"));
  }

  /** The configuration that users copy from. */
  public static Path conf() {
    return existing("sluice.conf", ROOT.resolve("conf"));
  }

  static Path tomcatHome() throws IOException {
    return existing("tomcat.home", unpacked("apache-tomcat-11."));
  }

  static Path tomcat10Home() throws IOException {
    return existing("tomcat10.home", unpacked("apache-tomcat-10.1."));
  }

  /** Where Debian's package tomcat10 is, installed or not. */
  static Path debianTomcat() {
    return Path.of(System.getProperty("debian-tomcat.home", "/usr/share/tomcat10"));
  }

  static Path jettyHome() throws IOException {
    return existing("jetty.home", unpacked("jetty-home-12.1."));
  }

  static Path jetty120Home() throws IOException {
    return existing("jetty12.0.home", unpacked("jetty-home-12.0."));
  }

  private static Path unpacked(String prefix) throws IOException {
    Path containers = Path.of("target/containers");
    if (!Files.isDirectory(containers)) {
      return containers.resolve(prefix);
    }
    try (Stream<Path> found = Files.walk(containers, 2)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(Files::isDirectory)
          .findFirst()
          .orElse(containers.resolve(prefix));
    }
  }

  private static Path existing(String property, Path otherwise) {
    String set = System.getProperty(property, "");
    Path path = (set.isEmpty() ? otherwise : Path.of(set)).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new IllegalStateException(
          path + " is missing: build it with mvn verify, or set -D" + property);
    }
    return path;
  }
}
