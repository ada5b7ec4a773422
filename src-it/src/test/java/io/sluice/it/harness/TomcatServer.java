package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The WAR in Tomcat with the server.xml that conf/tomcat tells users to take. */
public final class TomcatServer {
  private static final URI READY = URI.create("/-/health/ready");

  private final Path home;
  private final Path directory;
  private final List<String> jvmOptions;
  private boolean untuned;

  private TomcatServer(Path home, Path directory, List<String> jvmOptions) {
    this.home = home;
    this.directory = directory;
    this.jvmOptions = jvmOptions;
  }

  static Gateway start(Path directory, Path home, String name) throws IOException {
    return new TomcatServer(home, directory, List.of()).start("ROOT.war", READY, 200, name);
  }

  /** The usual one, with options of its own for the virtual machine. */
  public static Gateway start(Path directory, List<String> jvmOptions) throws IOException {
    return new TomcatServer(Artefact.tomcatHome(), directory, jvmOptions)
        .start("ROOT.war", READY, 200, "tomcat");
  }

  /** With a connector as Tomcat comes, save that it compresses, as some make it do. */
  public static Gateway startUntuned(Path directory) throws IOException {
    TomcatServer server = new TomcatServer(Artefact.tomcatHome(), directory, List.of());
    server.untuned = true;
    return server.start("ROOT.war", READY, 200, "tomcat");
  }

  /** With the WAR under the name that the build gives it, and so in a context of its own. */
  public static Gateway startWithContext(Path directory) throws IOException {
    return new TomcatServer(Artefact.tomcatHome(), directory, List.of())
        .start("s3.war", URI.create("/s3/"), 403, "tomcat");
  }

  private Gateway start(String war, URI awaited, int status, String name) throws IOException {
    for (String part : List.of("conf", "logs", "temp", "webapps", "work")) {
      Files.createDirectories(directory.resolve(part));
    }
    Path conf = home.resolve(Files.isDirectory(home.resolve("conf")) ? "conf" : "etc");
    for (String file : List.of("web.xml", "logging.properties")) {
      Files.copy(
          conf.resolve(file),
          directory.resolve("conf").resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    int port = FreePort.find();
    Files.writeString(
        directory.resolve("conf/server.xml"), untuned ? untunedXml(port) : serverXml(port));
    Files.copy(Artefact.war(), directory.resolve("webapps/" + war));
    ServerSettings settings = ServerSettings.write(directory);
    ServerProcess process =
        ServerProcess.start(command(settings), directory, directory.resolve("server.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    return new Gateway(
        name, root.resolve("/s3"), process.awaitStatus(root.resolve(awaited), status));
  }

  private List<String> command(ServerSettings settings) {
    List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-Xmx256m"));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + directory,
            "-Djava.io.tmpdir=" + directory.resolve("temp"),
            "-Djava.util.logging.config.file=" + directory.resolve("conf/logging.properties"),
            "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
            "-Dsluice.config=" + settings.config(),
            "-cp",
            home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
    return command;
  }

  private static String untunedXml(int port) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Server port="-1"><Service name="Catalina">
          <Connector address="127.0.0.1" port="%d" compression="on"/>
          <Engine name="Catalina" defaultHost="localhost">
            <Host name="localhost" appBase="webapps" autoDeploy="false"/>
          </Engine>
        </Service></Server>
        """
        .formatted(port);
  }

  private static String serverXml(int port) throws IOException {
    String documented = Files.readString(Artefact.conf().resolve("tomcat/server.xml"));
    String ours = documented.replace("port=\"8080\"", "port=\"" + port + "\"");
    if (ours.equals(documented) || !ours.contains("address=\"127.0.0.1\"")) {
      throw new IllegalStateException("conf/tomcat/server.xml is not for port 8080 of loopback");
    }
    return ours;
  }
}
