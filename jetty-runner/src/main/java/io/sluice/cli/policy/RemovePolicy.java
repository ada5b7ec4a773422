package io.sluice.cli.policy;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import java.io.IOException;
import picocli.CommandLine;

/** {@code policy rm}: takes the policy of a bucket away. */
@CommandLine.Command(name = "rm", description = "Takes the policy of a bucket away.")
final class RemovePolicy extends Verb {
  @CommandLine.Parameters(paramLabel = "BUCKET", description = "such as ais://photos")
  private String name = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.bucket(name);
    session.check(uri);
    session.s3().deleteBucketPolicy(request -> request.bucket(uri.bucket()));
    if (session.json()) {
      return session.print(session.bucket(uri));
    }
    session.out().println("Policy of " + uri.bucketName("s3") + " removed.");
    return ExitCode.DONE;
  }
}
