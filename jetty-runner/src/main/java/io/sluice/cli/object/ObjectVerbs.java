package io.sluice.cli.object;

import io.sluice.cli.Group;
import java.util.Map;
import picocli.CommandLine;

/** The verbs about objects. Stateless. */
public final class ObjectVerbs {
  private ObjectVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    root.addSubcommand("put", new PutObject());
    root.addSubcommand("get", new GetObject());
    Group.add(
        root,
        "object",
        "Objects.",
        Map.of(
            "put", new PutObject(),
            "get", new GetObject(),
            "rm", new RemoveObject(),
            "show", new ShowObject()));
    Group.add(root, "show", "Shows things.", Map.of("object", new ShowObject()));
  }
}
