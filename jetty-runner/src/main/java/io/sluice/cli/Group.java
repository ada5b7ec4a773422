package io.sluice.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Verbs about one thing, under its name. Confined to one thread. */
public final class Group implements Runnable {
  private CommandLine.Model.@Nullable CommandSpec spec;

  private Group() {}

  /** Adds one to a command, or verbs to the one that is there. */
  public static CommandLine add(
      CommandLine parent, String name, String description, Map<String, ?> verbs) {
    CommandLine group = parent.getSubcommands().get(name);
    if (group == null) {
      Group object = new Group();
      CommandLine.Model.CommandSpec spec =
          CommandLine.Model.CommandSpec.wrapWithoutInspection(object);
      object.spec = spec;
      spec.name(name).mixinStandardHelpOptions(true);
      spec.usageMessage().description(description);
      group = new CommandLine(spec);
      parent.addSubcommand(name, group);
    }
    verbs.forEach(group::addSubcommand);
    return group;
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
