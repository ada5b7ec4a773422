package io.sluice.cli.role;

import io.sluice.cli.Group;
import java.util.Map;
import picocli.CommandLine;

/** The verbs about roles. Stateless. */
public final class RoleVerbs {
  private RoleVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    Group.add(
        root,
        "role",
        "Roles of accounts, which others take on for a while.",
        Map.of(
            "ls", new ListRoles(),
            "create", new CreateRole(),
            "show", new ShowRole(),
            "rm", new RemoveRole(),
            "trust", new TrustRole(),
            "set-policy", new SetRolePolicy(),
            "show-policy", new ShowRolePolicy(),
            "rm-policy", new RemoveRolePolicy()));
  }
}
