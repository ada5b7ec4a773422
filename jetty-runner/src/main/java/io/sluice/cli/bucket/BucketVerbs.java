package io.sluice.cli.bucket;

import io.sluice.cli.Group;
import java.util.Map;
import picocli.CommandLine;

/** The verbs about buckets. Stateless. */
public final class BucketVerbs {
  private BucketVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    root.addSubcommand("create", new CreateBucket());
    root.addSubcommand("ls", new ListVerb());
    Group.add(
        root,
        "bucket",
        "Buckets.",
        Map.of(
            "create", new CreateBucket(),
            "ls", new ListVerb(),
            "show", new ShowBucket(),
            "props", new SetProperties(),
            "rm", new RemoveBucket()));
    Group.add(root, "show", "Shows things.", Map.of("bucket", new ShowBucket()));
  }
}
