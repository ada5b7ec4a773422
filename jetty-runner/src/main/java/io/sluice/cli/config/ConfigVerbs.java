package io.sluice.cli.config;

import io.sluice.cli.Group;
import java.util.Map;
import picocli.CommandLine;

/** The verbs about what holds for the whole gateway. Stateless. */
public final class ConfigVerbs {
  private ConfigVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    Group.add(
        root,
        "config",
        "What holds for the whole gateway.",
        Map.of("cluster", new ConfigCluster(), "log", new ConfigLog()));
    Group.add(root, "show", "Shows things.", Map.of("config", new ShowConfig()));
  }
}
