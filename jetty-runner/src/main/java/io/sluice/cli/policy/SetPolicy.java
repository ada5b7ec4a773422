package io.sluice.cli.policy;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** {@code policy set}: gives a bucket a policy. */
@CommandLine.Command(name = "set", description = "Gives a bucket a policy, instead of any before.")
final class SetPolicy extends Verb {
  @CommandLine.Parameters(index = "0", paramLabel = "BUCKET", description = "such as ais://photos")
  private String name = "";

  @CommandLine.Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "the policy in JSON, or - for the standard input")
  private String file = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.bucket(name);
    session.check(uri);
    String policy =
        file.equals("-")
            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
            : Files.readString(Path.of(file));
    session.s3().putBucketPolicy(request -> request.bucket(uri.bucket()).policy(policy));
    if (session.json()) {
      return session.print(session.bucket(uri));
    }
    session.out().println("Policy of " + uri.bucketName("s3") + " successfully updated.");
    return ExitCode.DONE;
  }
}
