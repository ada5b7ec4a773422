package io.sluice.cli.policy;

import io.sluice.cli.Group;
import java.util.Map;
import picocli.CommandLine;

/** The verbs about the policies of buckets. Stateless. */
public final class PolicyVerbs {
  private PolicyVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    Group.add(
        root,
        "policy",
        "Policies of buckets, in AWS's language.",
        Map.of("set", new SetPolicy(), "show", new ShowPolicy(), "rm", new RemovePolicy()));
  }
}
