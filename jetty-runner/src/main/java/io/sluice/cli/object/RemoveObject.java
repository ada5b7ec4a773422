package io.sluice.cli.object;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code object rm}: deletes objects. */
@CommandLine.Command(name = "rm", description = "Deletes objects.")
final class RemoveObject extends Verb {
  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "BUCKET/OBJECT",
      description = "such as ais://photos/cat.jpg")
  private List<String> names = new ArrayList<>();

  @Override
  protected ExitCode run(Session session) throws IOException {
    List<JsonNode> removed = new ArrayList<>();
    for (String name : names) {
      BucketUri uri = BucketUri.object(name);
      session.check(uri);
      if (session.json()) {
        removed.add(session.object(uri));
      }
      session.s3().deleteObject(request -> request.bucket(uri.bucket()).key(uri.key()));
      if (!session.json()) {
        session.out().println("deleted \"" + uri.key() + "\" from " + uri.bucketName("s3"));
      }
    }
    return session.json() ? session.print(Map.of("objects", removed)) : ExitCode.DONE;
  }
}
