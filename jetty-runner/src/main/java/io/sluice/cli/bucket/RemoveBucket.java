package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.Refusal;
import io.sluice.cli.text.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.databind.JsonNode;

/** {@code bucket rm}: removes buckets, and, when told so, what is in them. */
@CommandLine.Command(
    name = "rm",
    aliases = "rmb",
    description =
        "Removes buckets. One with objects in it is removed after a question, or with -y.")
final class RemoveBucket extends Verb {
  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "BUCKET",
      description = "such as ais://photos")
  private List<String> names = new ArrayList<>();

  @CommandLine.Option(
      names = {"-y", "--yes"},
      description = "ask nothing, remove the objects too")
  private boolean yes;

  @Override
  protected ExitCode run(Session session) throws IOException {
    for (String name : names) {
      BucketUri uri = BucketUri.bucket(name);
      JsonNode bucket = session.bucket(uri);
      String called = Names.of(uri, bucket);
      if (!remove(session, uri.bucket(), called)) {
        session.err().println("Nothing was removed.");
        session.err().flush();
        return ExitCode.FAILED;
      }
      if (session.json()) {
        session.print(bucket);
      } else {
        session.out().println("\"" + called + "\" destroyed");
      }
    }
    return ExitCode.DONE;
  }

  private boolean remove(Session session, String bucket, String called) throws IOException {
    S3Client s3 = session.s3();
    try {
      s3.deleteBucket(request -> request.bucket(bucket));
      return true;
    } catch (S3Exception e) {
      if (!"BucketNotEmpty".equals(e.awsErrorDetails().errorCode())) {
        throw e;
      }
      if (!yes && !session.confirms("Proceed to destroy " + called + "?")) {
        if (!Terminal.isThere()) {
          throw new Refusal(
              e.statusCode(),
              "BucketNotEmpty",
              called + " is not empty; -y removes it all the same");
        }
        return false;
      }
    }
    empty(s3, bucket);
    s3.deleteBucket(request -> request.bucket(bucket));
    return true;
  }

  private static void empty(S3Client s3, String bucket) {
    s3.listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads().stream()
        .toList()
        .forEach(
            upload ->
                s3.abortMultipartUpload(
                    request ->
                        request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    for (ListObjectVersionsResponse page :
        s3.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
      List<ObjectIdentifier> targets = new ArrayList<>();
      page.versions().forEach(version -> targets.add(target(version.key(), version.versionId())));
      page.deleteMarkers().forEach(marker -> targets.add(target(marker.key(), marker.versionId())));
      if (!targets.isEmpty()) {
        delete(s3, bucket, targets);
      }
    }
  }

  private static ObjectIdentifier target(String key, String versionId) {
    return ObjectIdentifier.builder().key(key).versionId(versionId).build();
  }

  private static void delete(S3Client s3, String bucket, List<ObjectIdentifier> targets) {
    DeleteObjectsResponse answer =
        s3.deleteObjects(
            request -> request.bucket(bucket).delete(list -> list.objects(targets).quiet(true)));
    if (!answer.errors().isEmpty()) {
      String code = answer.errors().get(0).code();
      throw new Refusal(
          code.equals("AccessDenied") ? 403 : 409,
          code,
          answer.errors().get(0).key() + " cannot be removed: " + answer.errors().get(0).message());
    }
  }
}
