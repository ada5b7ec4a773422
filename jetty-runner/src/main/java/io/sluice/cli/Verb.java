package io.sluice.cli;

import io.sluice.cli.client.Profile;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A command that talks to a gateway. Confined to one thread. */
public abstract class Verb implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Mixin private Connection connection = new Connection();

  @Override
  public final Integer call() throws IOException {
    CommandLine.Model.CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    try {
      Profile profile = connection.profile();
      try (Session session = new Session(profile, known.commandLine(), connection.json())) {
        int code = run(session).number();
        session.out().flush();
        return code;
      }
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          known.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Does it.
   *
   * @throws io.sluice.cli.client.Refusal when the gateway refuses
   * @throws IllegalArgumentException for arguments that make no sense, in one line
   * @throws IOException when the gateway, or a file, cannot be reached
   */
  protected abstract ExitCode run(Session session) throws IOException;
}
