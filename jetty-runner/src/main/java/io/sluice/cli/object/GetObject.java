package io.sluice.cli.object;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.Refusal;
import io.sluice.cli.text.Progress;
import io.sluice.cli.text.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import tools.jackson.databind.JsonNode;

/** {@code get}: reads an object, or a range of one, into a file. */
@CommandLine.Command(name = "get", description = "Reads an object, or a range of it, into a file.")
final class GetObject extends Verb {
  private static final String STANDARD_OUTPUT = "-";
  private static final String NOWHERE = "/dev/null";

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "BUCKET/OBJECT",
      description = "such as ais://photos/cat.jpg")
  private String name = "";

  @CommandLine.Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "a file, a directory, - for the standard output, or /dev/null")
  private @Nullable String file;

  @CommandLine.Option(names = "--offset", paramLabel = "N", description = "where the range begins")
  private @Nullable String offset;

  @CommandLine.Option(names = "--length", paramLabel = "N", description = "how long it is")
  private @Nullable String length;

  @CommandLine.Option(
      names = "--check-cached",
      description = "reads nothing, and says whether the object is here")
  private boolean checkCached;

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.object(name);
    session.check(uri);
    if (checkCached) {
      return checkCached(session, uri);
    }
    long begin = offset == null ? 0 : Sizes.parse(offset);
    long wanted = length == null ? -1 : Sizes.parse(length);
    if (wanted == 0) {
      throw new IllegalArgumentException("--length 0 asks for nothing");
    }
    String range = range(begin, wanted);
    String target = target(uri);
    long read;
    try (ResponseInputStream<GetObjectResponse> content =
        session
            .s3()
            .getObject(request -> request.bucket(uri.bucket()).key(uri.key()).range(range))) {
      read = write(session, content, target);
    }
    if (session.json() && !target.equals(STANDARD_OUTPUT)) {
      return session.print(session.object(uri));
    }
    if (!target.equals(STANDARD_OUTPUT)) {
      session.out().println(told(uri, target, begin, read));
    }
    return ExitCode.DONE;
  }

  private static @Nullable String range(long begin, long wanted) {
    if (wanted > 0) {
      return "bytes=" + begin + "-" + (begin + wanted - 1);
    }
    return begin > 0 ? "bytes=" + begin + "-" : null;
  }

  private static ExitCode checkCached(Session session, BucketUri uri) throws IOException {
    JsonNode object = session.object(uri);
    if (session.json()) {
      return session.print(object);
    }
    JsonNode cached = object.path("cached");
    if (!cached.isBoolean()) {
      throw new Refusal(501, "NotImplemented", "nobody knows whether " + uri.key() + " is cached");
    }
    session
        .out()
        .println(
            object.path("name").asString()
                + (cached.asBoolean()
                    ? " is present (is cached)"
                    : " is not present (\"not cached\") in cluster"));
    return ExitCode.DONE;
  }

  private String target(BucketUri uri) {
    String last = uri.key().substring(uri.key().lastIndexOf('/', uri.key().length() - 2) + 1);
    String safe = last.equals("..") || last.equals(".") || last.isEmpty() ? "object" : last;
    if (file == null) {
      return safe.replace("/", "");
    }
    return Files.isDirectory(Path.of(file))
        ? Path.of(file).resolve(safe.replace("/", "")).toString()
        : file;
  }

  private static long write(
      Session session, ResponseInputStream<GetObjectResponse> content, String target)
      throws IOException {
    Long length = content.response().contentLength();
    try (Progress progress = session.progress(target, length == null ? 0 : length)) {
      InputStream in = progress.counting(content);
      if (target.equals(STANDARD_OUTPUT)) {
        return session.pour(in);
      }
      if (target.equals(NOWHERE)) {
        return in.transferTo(OutputStream.nullOutputStream());
      }
      return save(in, Path.of(target));
    }
  }

  /** A file is there whole, or not at all. */
  private static long save(InputStream in, Path target) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = Files.newOutputStream(target)) {
        return in.transferTo(out);
      }
    }
    Path part = Files.createTempFile(directory, ".sluice-", ".part");
    try {
      long count;
      try (OutputStream out = Files.newOutputStream(part)) {
        count = in.transferTo(out);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private String told(BucketUri uri, String target, long begin, long read) {
    if (target.equals(NOWHERE)) {
      return "GET (and discard) "
          + uri.key()
          + " from "
          + uri.bucketName("s3")
          + " ("
          + Sizes.of(read)
          + ")";
    }
    if (offset != null || length != null) {
      return "Read range (length " + read + " at offset " + begin + ") as " + target;
    }
    return "GET "
        + uri.key()
        + " from "
        + uri.bucketName("s3")
        + " as "
        + target
        + " ("
        + Sizes.of(read)
        + ")";
  }
}
