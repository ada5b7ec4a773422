package io.sluice.cli;

import io.sluice.cli.client.Profile;
import io.sluice.cli.client.Profiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The options of every verb: which gateway, as whom, and how to answer. */
final class Connection {
  @CommandLine.Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "where S3 is, such as http://127.0.0.1:8080/s3")
  private @Nullable String endpoint;

  @CommandLine.Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "the section of the profiles that names endpoint and keys")
  private @Nullable String profile;

  @CommandLine.Option(
      names = "--profiles",
      paramLabel = "FILE",
      description = "the profiles; otherwise ~/.config/sluice/profiles")
  private @Nullable Path profiles;

  @CommandLine.Option(
      names = "--json",
      description = "answer in JSON, as the administrators' interface describes it")
  private boolean json;

  boolean json() {
    return json;
  }

  Profile profile() {
    return new Profiles(System.getenv(), profiles).get(profile, endpoint);
  }
}
