package io.sluice.runner;

import io.sluice.config.GatewayConfig;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code sluice store check}: one line for each finding, and a summary. */
@CommandLine.Command(
    name = "check",
    description = "Compares the index with the stored bytes, both ways, and reads all of them.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:nothing was found", "1:something was found", "2:it could not be checked"},
    exitCodeOnExecutionException = 2)
final class StoreCheck implements Callable<Integer> {
  private static final int FOUND = 1;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Mixin private StoreOptions options = new StoreOptions();

  @CommandLine.Option(
      names = "--repair-orphans",
      description = "delete files that nothing refers to")
  private boolean repairOrphans;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    PrintWriter out = spec.commandLine().getOut();
    GatewayConfig config = options.config();
    try (Storage storage = StoreOptions.open(config)) {
      Maintenance.Checked checked =
          StoreOptions.maintenance(storage)
              .check(
                  repairOrphans ? Maintenance.Orphans.DELETE : Maintenance.Orphans.REPORT,
                  finding -> {
                    out.println(finding);
                    out.flush();
                  });
      out.printf(
          "Checked %s: %d versions, %d parts of uploads, %d blobs, %d bytes; %s%n",
          config.data(),
          checked.versions(),
          checked.parts(),
          checked.blobs(),
          checked.bytes(),
          checked.findings() == 0 ? "clean" : checked.findings() + " findings");
      out.flush();
      return checked.findings() == 0 ? CommandLine.ExitCode.OK : FOUND;
    }
  }
}
