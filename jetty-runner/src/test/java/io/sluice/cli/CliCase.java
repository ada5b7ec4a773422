package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import io.sluice.runner.GatewayServer;
import io.sluice.runner.Main;
import io.sluice.web.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of its own for a class of tests, and the command line, in one process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CliCase {
  /** Canonical ids of the two accounts. */
  static final String ROOT_ID = "a".repeat(64);

  static final String USER_ID = "b".repeat(64);

  /** Where files of the tests go. */
  Path directory;

  private GatewayServer server;
  private Path profiles;

  /** What a command did. */
  record Result(int exit, String out, String err) {
    String ok() {
      assertThat(exit).as(out + err).isZero();
      return out;
    }

    Result failsWith(ExitCode code) {
      assertThat(exit).as(out + err).isEqualTo(code.number());
      return this;
    }
  }

  @BeforeAll
  final void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    Path credentials = directory.resolve("credentials");
    Files.writeString(
        credentials,
        """
        [root]
        aws_access_key_id = ROOTKEY
        aws_secret_access_key = root-secret
        canonical_id = %s
        display_name = root
        role = admin

        [user]
        aws_access_key_id = USERKEY
        aws_secret_access_key = user-secret
        canonical_id = %s
        display_name = user
        role = user
        """
            .formatted(ROOT_ID, USER_ID));
    server =
        GatewayServer.start(
            Gateway.open(
                settings(
                        new ConfigReader()
                            .option(ConfigKey.ADDRESS, "127.0.0.1")
                            .option(ConfigKey.PORT, "0")
                            .option(ConfigKey.DATA, directory.resolve("data").toString())
                            .option(ConfigKey.CREDENTIALS, credentials.toString()))
                    .read()));
    profiles = directory.resolve("profiles");
    Files.writeString(
        profiles,
        """
        # of the tests
        [default]
        endpoint = %1$s
        access-key = ROOTKEY
        secret-key = root-secret
        [user]
        endpoint = %1$s
        access-key = USERKEY
        secret-key = user-secret
        [wrong]
        endpoint = %1$s
        access-key = USERKEY
        secret-key = guessed
        """
            .formatted(server.endpoint()));
  }

  /** Settings of the gateway beyond the usual ones. */
  ConfigReader settings(ConfigReader reader) throws IOException {
    return reader;
  }

  @AfterAll
  final void stop() throws Exception {
    server.close();
  }

  final Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--profiles=" + profiles);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }

  final Result asUser(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--profile=user");
    return run(all.toArray(String[]::new));
  }

  /** The output of a command that succeeds. */
  final String sluice(String... arguments) {
    return run(arguments).ok();
  }

  /** The same as JSON, once it is known to be what the gateway's description calls so. */
  final JsonNode json(String schema, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    JsonNode value = JsonMapper.shared().readTree(run(all.toArray(String[]::new)).ok());
    description().check(schema, value);
    return value;
  }

  /** The description that the gateway serves. */
  final Description description() {
    io.sluice.cli.client.AdminApi api =
        new io.sluice.cli.client.AdminApi(
            new io.sluice.cli.client.Profiles(java.util.Map.of(), profiles).get(null, null));
    try {
      return new Description(api.get(io.sluice.cli.client.ApiPath.of("openapi.json")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Where S3 is. */
  final String endpoint() {
    return server.endpoint().toString();
  }

  /** A file with a text in it. */
  final String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
