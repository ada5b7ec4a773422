package io.sluice.cli.object;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code put}: writes files, directories or the standard input into objects. */
@CommandLine.Command(
    name = "put",
    description = "Writes a file, a directory or the standard input into objects.")
final class PutObject extends Verb {
  private static final String STANDARD_INPUT = "-";

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "a file, a directory, or - for the standard input")
  private String file = "";

  @CommandLine.Parameters(
      index = "1",
      paramLabel = "BUCKET[/OBJECT]",
      description = "without OBJECT, or with a slash at its end, the file keeps its name")
  private String name = "";

  @CommandLine.Option(
      names = {"-y", "--yes"},
      description = "ask nothing before a directory is written")
  private boolean yes;

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.parse(name);
    if (uri.bucket().isEmpty()) {
      throw new IllegalArgumentException(name + " names no bucket");
    }
    session.check(uri);
    if (file.equals(STANDARD_INPUT)) {
      new Upload(session, BucketUri.object(name)).putStream(System.in);
      return tell(session, List.of(uri), List.of("-"));
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(file);
    }
    return Files.isDirectory(path)
        ? putDirectory(session, uri, path)
        : tell(session, List.of(putFile(session, named(uri, path), path)), List.of(file));
  }

  private static BucketUri named(BucketUri uri, Path path) {
    return uri.key().isEmpty() || uri.key().endsWith("/")
        ? uri.withKey(uri.key() + path.getFileName())
        : uri;
  }

  private static BucketUri putFile(Session session, BucketUri uri, Path path) throws IOException {
    new Upload(session, uri).putFile(path);
    return uri;
  }

  private ExitCode putDirectory(Session session, BucketUri uri, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    String question = "PUT " + files.size() + " files => " + name + "?";
    if (!yes && !session.confirms(question)) {
      throw new IllegalArgumentException(
          file + " is a directory of " + files.size() + " files; --yes writes them");
    }
    String prefix = uri.key().isEmpty() || uri.key().endsWith("/") ? uri.key() : uri.key() + "/";
    List<BucketUri> targets = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Path path : files) {
      String key = prefix + directory.relativize(path).toString().replace('\\', '/');
      targets.add(putFile(session, uri.withKey(key), path));
      names.add(path.toString());
    }
    return tell(session, targets, names);
  }

  private static ExitCode tell(Session session, List<BucketUri> targets, List<String> files)
      throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      BucketUri target = targets.get(i);
      if (session.json()) {
        objects.add(session.object(target));
      } else {
        session
            .out()
            .println(
                "PUT \"" + files.get(i) + "\" => " + target.bucketName("s3") + "/" + target.key());
      }
    }
    if (session.json()) {
      session.print(java.util.Map.of("objects", objects));
    }
    return ExitCode.DONE;
  }
}
