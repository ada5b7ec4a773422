package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The WAR in Tomcat, whose connector is the one that conf/tomcat tells users to write. */
final class TomcatServer {
  private static final Pattern CONNECTOR = Pattern.compile("<Connector\\b[^>]*/>", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  private TomcatServer() {}

  static Gateway start(Path directory) throws IOException {
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
    Files.writeString(directory.resolve("conf/server.xml"), serverXml(port));
    Files.copy(Artefact.war(), directory.resolve("webapps/ROOT.war"));
    ServerSettings settings = ServerSettings.write(directory);
    ServerProcess process =
        ServerProcess.start(
            command(home, directory, settings), directory, directory.resolve("server.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    return new Gateway("tomcat", root.resolve("/s3"), process.awaitHealthy(root));
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

  private static String serverXml(int port) throws IOException {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Server port="-1">
          <Service name="Catalina">
            %s
            <Engine name="Catalina" defaultHost="localhost">
              <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
            </Engine>
          </Service>
        </Server>
        """
        .formatted(documentedConnector(port));
  }

  private static String documentedConnector(int port) throws IOException {
    String documented = Files.readString(Artefact.conf().resolve("tomcat/server.xml"));
    Matcher connector = CONNECTOR.matcher(COMMENT.matcher(documented).replaceAll(""));
    if (!connector.find()) {
      throw new IllegalStateException("conf/tomcat/server.xml has no Connector");
    }
    return connector
        .group()
        .replaceFirst("\\bport=\"\\d+\"", "port=\"" + port + "\"")
        .replaceFirst("\\baddress=\"[^\"]*\"", "address=\"127.0.0.1\"");
  }
}
