package io.sluice.runner;

import io.sluice.config.GatewayConfig;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code sluice store snapshot DIR}: a copy that {@code serve --data DIR} can open. */
@CommandLine.Command(
    name = "snapshot",
    description = "Makes a consistent copy by hard links, on the same file system.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:it is made", "1:it is made, without blobs that are lost", "2:it is not"},
    exitCodeOnExecutionException = 2)
final class StoreSnapshot implements Callable<Integer> {
  private static final int INCOMPLETE = 1;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Mixin private StoreOptions options = new StoreOptions();

  @CommandLine.Parameters(
      paramLabel = "DIR",
      description = "a directory that is empty or does not exist")
  private @Nullable Path target;

  @Override
  public Integer call() throws IOException {
    if (spec == null || target == null) {
      throw new IllegalStateException("picocli sets the specification and the parameter");
    }
    PrintWriter out = spec.commandLine().getOut();
    GatewayConfig config = options.config();
    try (Storage storage = StoreOptions.open(config)) {
      Maintenance.Copied copied = StoreOptions.maintenance(storage).snapshot(target);
      if (Files.exists(config.credentials())) {
        copySecrets(config.credentials(), target.resolve("credentials"));
      }
      Path accounts = config.data().resolve("accounts");
      if (Files.exists(accounts)) {
        copySecrets(accounts, target.resolve("accounts"));
      }
      out.printf(
          "Snapshot of %s in %s: %d blobs, %d bytes, by links; %d missing%n",
          config.data(), target, copied.blobs(), copied.bytes(), copied.missing());
      out.flush();
      return copied.missing() == 0 ? CommandLine.ExitCode.OK : INCOMPLETE;
    }
  }

  /** For the owner's eyes from the first byte on. */
  private static void copySecrets(Path from, Path to) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(from));
    try (FileChannel channel =
        FileChannel.open(
            to,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
