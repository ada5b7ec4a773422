package io.sluice.runner;

import io.sluice.cli.Cli;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The command line. */
@CommandLine.Command(
    name = "sluice",
    description = "An S3-compatible gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {Serve.class, Store.class})
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** Runs a command; the exit code is 0 when it did what it should. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /**
   * Runs a command in this process.
   *
   * @param out where answers go
   * @param err where all else goes
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    Cli.addTo(commandLine);
    return commandLine;
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Sluice " + number()};
    }

    static String number() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(development)" : version;
    }
  }
}
