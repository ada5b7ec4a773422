package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code policy explain}: tells what somebody may do, by which statement and why. */
@CommandLine.Command(
    name = "explain",
    description = "Tells what somebody may do, by which statement and why.")
final class ExplainDecision extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "PRINCIPAL",
      description = "a key, the ARN of a user, an account, or anonymous")
  private String principal = "";

  @CommandLine.Parameters(index = "1", paramLabel = "ACTION", description = "such as s3:GetObject")
  private String action = "";

  @CommandLine.Parameters(
      index = "2",
      paramLabel = "RESOURCE",
      description = "such as arn:aws:s3:::bucket/key, or * for the service")
  private String resource = "";

  @CommandLine.Option(
      names = "--context",
      paramLabel = "KEY=VALUE",
      description = "the value of a condition key, such as aws:SourceIp=10.0.0.1; may be repeated")
  private List<String> context = new ArrayList<>();

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, List<String>> values = new HashMap<>();
    for (String value : context) {
      int equals = value.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("--context is KEY=VALUE, and not " + value);
      }
      values
          .computeIfAbsent(value.substring(0, equals), key -> new ArrayList<>())
          .add(value.substring(equals + 1));
    }
    Map<String, Object> question =
        Map.of("principal", principal, "action", action, "resource", resource, "context", values);
    JsonNode answer = session.api().send("POST", ApiPath.of("explain"), question);
    return session.json() ? session.print(answer) : AccountText.printExplanation(session, answer);
  }
}
