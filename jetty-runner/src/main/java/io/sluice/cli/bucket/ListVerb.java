package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import java.io.IOException;
import picocli.CommandLine;

/** {@code ls}: lists buckets, or the objects of one. */
@CommandLine.Command(
    name = "ls",
    description = {
      "Lists buckets, or the objects of a bucket:",
      "ls [PROVIDER:], ls BUCKET[/PREFIX]"
    })
final class ListVerb extends Verb {
  @CommandLine.Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "nothing, a provider as in ais:, or a bucket")
  private String name = "";

  @CommandLine.Mixin private ObjectTable.Options options = new ObjectTable.Options();

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.parse(name);
    return uri.bucket().isEmpty()
        ? new BucketList(session, options.withSummary()).print(uri.scheme() == null ? null : uri)
        : new ObjectTable(session, uri, options).print();
  }
}
