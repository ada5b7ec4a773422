package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.client.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import tools.jackson.databind.JsonNode;

/** {@code create}: makes buckets. */
@CommandLine.Command(name = "create", description = "Creates buckets.")
final class CreateBucket extends Verb {
  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "BUCKET",
      description = "such as ais://photos")
  private List<String> names = new ArrayList<>();

  @CommandLine.Option(
      names = "--props",
      paramLabel = "NAME=VALUE",
      description = "properties, apart by blanks, or in JSON")
  private @Nullable String properties;

  @CommandLine.Option(
      names = "--ignore-error",
      description = "a bucket that is there already is fine")
  private boolean ignoring;

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, @Nullable String> wanted =
        properties == null ? Map.of() : Properties.parse(List.of(properties));
    for (String name : names) {
      BucketUri uri = BucketUri.bucket(name);
      create(session, uri);
      JsonNode bucket = session.bucket(uri);
      if (!wanted.isEmpty()) {
        bucket =
            session
                .api()
                .send(
                    "PATCH",
                    ApiPath.of("buckets", uri.bucket(), "properties"),
                    Map.of("properties", wanted));
      }
      if (session.json()) {
        session.print(bucket);
      } else {
        session.out().println("\"" + Names.of(uri, bucket) + "\" created");
      }
    }
    return ExitCode.DONE;
  }

  private void create(Session session, BucketUri uri) throws IOException {
    try {
      session.s3().createBucket(request -> request.bucket(uri.bucket()));
    } catch (BucketAlreadyExistsException | BucketAlreadyOwnedByYouException e) {
      if (!ignoring) {
        throw new Refusal(
            e.statusCode(),
            e.awsErrorDetails().errorCode(),
            "Bucket \"" + uri.bucketName("s3") + "\" already exists");
      }
      return;
    }
    try {
      session.check(uri);
    } catch (Refusal e) {
      // It was made, elsewhere than was meant.
      session.s3().deleteBucket(request -> request.bucket(uri.bucket()));
      throw new Refusal(
          e.status(),
          e.code(),
          "provider "
              + uri.provider()
              + " takes no bucket of this name; see provider."
              + uri.provider()
              + ".buckets, or let a bucket stand for it: bucket props set BUCKET backend_bck="
              + uri.bucketName("s3"));
    }
  }
}
