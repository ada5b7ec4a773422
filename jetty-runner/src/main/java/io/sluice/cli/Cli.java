package io.sluice.cli;

import io.sluice.cli.account.AccountVerbs;
import io.sluice.cli.bucket.BucketVerbs;
import io.sluice.cli.config.ConfigVerbs;
import io.sluice.cli.object.ObjectVerbs;
import io.sluice.cli.operate.OperateVerbs;
import io.sluice.cli.policy.PolicyVerbs;
import io.sluice.cli.role.RoleVerbs;
import picocli.CommandLine;

/** Puts the command line together. Stateless. */
public final class Cli {
  private Cli() {}

  /** Adds all verbs to a command. */
  public static void addTo(CommandLine root) {
    BucketVerbs.addTo(root);
    ObjectVerbs.addTo(root);
    ConfigVerbs.addTo(root);
    PolicyVerbs.addTo(root);
    AccountVerbs.addTo(root);
    RoleVerbs.addTo(root);
    OperateVerbs.addTo(root);
    root.addSubcommand(new ManPages());
    root.addSubcommand("completion", new picocli.AutoComplete.GenerateCompletion());
    root.setExecutionExceptionHandler(new Failures());
    explainExits(root);
  }

  private static void explainExits(CommandLine command) {
    for (CommandLine sub : command.getSubcommands().values()) {
      CommandLine.Model.CommandSpec spec = sub.getCommandSpec();
      if (spec.userObject() instanceof Verb) {
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage().exitCodeListHeading("Exit codes:%n");
        spec.usageMessage().exitCodeList(ExitCode.list());
      }
      explainExits(sub);
    }
  }
}
