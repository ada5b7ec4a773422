package io.sluice.runner;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code sluice store}: care for a data directory that no gateway has open. */
@CommandLine.Command(
    name = "store",
    description = "Checks and copies a data directory.",
    mixinStandardHelpOptions = true,
    subcommands = {StoreCheck.class, StoreSnapshot.class})
final class Store implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
