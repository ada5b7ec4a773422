package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code man}: writes a man page for each command into a directory. */
@CommandLine.Command(
    name = "man",
    description = "Writes man pages, one for each command, into a directory.",
    mixinStandardHelpOptions = true)
final class ManPages implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Parameters(paramLabel = "DIR", description = "such as /usr/local/share/man/man1")
  private Path directory = Path.of(".");

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    Files.createDirectories(directory);
    write(spec.root().commandLine(), new HashSet<>());
    return ExitCode.DONE.number();
  }

  private void write(CommandLine command, Set<CommandLine> written) throws IOException {
    if (!written.add(command)) {
      return;
    }
    String name = command.getCommandSpec().qualifiedName("-");
    Files.writeString(directory.resolve(name + ".1"), new ManPage(command, name).text());
    for (CommandLine sub : command.getSubcommands().values()) {
      write(sub, written);
    }
  }
}
