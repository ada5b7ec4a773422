package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The WAR in Tomcat with the server.xml that conf/tomcat tells users to take. */
public final class TomcatServer {
  private static final URI READY = URI.create("/-/health/ready");

  private TomcatServer() {}

  public static Gateway start(Path directory) throws IOException {
    return start(directory, "ROOT.war", READY, 200, TomcatServer::serverXml);
  }

  /** With a connector as Tomcat comes, save that it compresses, as some make it do. */
  public static Gateway startUntuned(Path directory) throws IOException {
    return start(directory, "ROOT.war", READY, 200, TomcatServer::untunedXml);
  }

  /** With the WAR under the name that the build gives it, and so in a context of its own. */
  public static Gateway startWithContext(Path directory) throws IOException {
    return start(directory, "s3.war", URI.create("/s3/"), 403, TomcatServer::serverXml);
  }

  /** Makes the server.xml for a port. */
  private interface Connector {
    String xml(int port) throws IOException;
  }

  private static Gateway start(
      Path directory, String war, URI awaited, int status, Connector connector) throws IOException {
    Path home = Artefact.tomcatHome();
    for (String name : List.of("conf", "logs", "temp", "webapps", "work")) {
      Files.createDirectories(directory.resolve(name));
    }
    for (String name : List.of("web.xml", "logging.properties")) {
      Files.copy(
          home.resolve("conf").resolve(name),
          directory.resolve("conf").resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    int port = FreePort.find();
    Files.writeString(directory.resolve("conf/server.xml"), connector.xml(port));
    Files.copy(Artefact.war(), directory.resolve("webapps/" + war));
    ServerSettings settings = ServerSettings.write(directory);
    ServerProcess process =
        ServerProcess.start(
            command(home, directory, settings), directory, directory.resolve("server.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    return new Gateway(
        "tomcat", root.resolve("/s3"), process.awaitStatus(root.resolve(awaited), status));
  }

  private static List<String> command(Path home, Path base, ServerSettings settings) {
    return List.of(
        ServerProcess.java(),
        "-Xmx256m",
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + base,
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
        "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
        "-Dsluice.config=" + settings.config(),
        "-cp",
        home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
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
