package io.sluice.cli;

import io.sluice.cli.client.AdminApi;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.client.Profile;
import io.sluice.cli.client.Refusal;
import io.sluice.cli.client.S3Clients;
import io.sluice.cli.text.Progress;
import io.sluice.cli.text.Terminal;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One run of a verb: the gateway, and where to write. Confined to one thread. */
public final class Session implements AutoCloseable {
  private static final int HTTP_NOT_FOUND = 404;
  private static final int HTTP_FORBIDDEN = 403;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Profile profile;
  private final CommandLine commandLine;
  private final boolean json;
  private final AdminApi api;
  private @Nullable S3Client s3;

  Session(Profile profile, CommandLine commandLine, boolean json) {
    this.profile = profile;
    this.commandLine = commandLine;
    this.json = json;
    this.api = new AdminApi(profile);
  }

  /** Where answers go. */
  public PrintWriter out() {
    return commandLine.getOut();
  }

  /** Where all else goes. */
  public PrintWriter err() {
    return commandLine.getErr();
  }

  /** The administrators' interface. */
  public AdminApi api() {
    return api;
  }

  /** S3; made when it is asked for first, for it takes a while. */
  public S3Client s3() {
    S3Client made = s3;
    if (made == null) {
      made = S3Clients.of(profile);
      s3 = made;
    }
    return made;
  }

  /** Whether the answer is to be JSON. */
  public boolean json() {
    return json;
  }

  /** Writes an answer in JSON. */
  public ExitCode print(Object value) {
    out().println(JSON.writeValueAsString(value));
    return ExitCode.DONE;
  }

  /** Writes bytes where answers go; returns how many there were. */
  public long pour(InputStream in) throws IOException {
    out().flush();
    OutputStream raw = new FileOutputStream(FileDescriptor.out);
    long count = in.transferTo(raw);
    raw.flush();
    return count;
  }

  /** A bar for work on bytes, on a terminal. */
  public Progress progress(String name, long total) {
    return new Progress(err(), name, total, Terminal.isThere() && !json);
  }

  /** Asks a question on a terminal; elsewhere the answer is no. */
  public boolean confirms(String question) throws IOException {
    if (!Terminal.isThere()) {
      return false;
    }
    err().print(question + " [Y/N] ");
    err().flush();
    String answer =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
  }

  /**
   * A bucket, which is of the provider that its name says.
   *
   * @throws Refusal NoSuchBucket; AccessDenied
   */
  public JsonNode bucket(BucketUri uri) throws IOException {
    JsonNode bucket;
    try {
      bucket = api.get(ApiPath.of("buckets", uri.bucket()));
    } catch (Refusal e) {
      throw e.status() == HTTP_NOT_FOUND ? missing(uri) : e;
    }
    if (!uri.matches(bucket.path("provider").asString())) {
      throw missing(uri);
    }
    return bucket;
  }

  /**
   * Checks the provider of a bucket where its name says one; nothing for those who may not see it.
   *
   * @throws Refusal NoSuchBucket
   */
  public void check(BucketUri uri) throws IOException {
    if (uri.isOfOneProvider()) {
      visible(uri);
    }
  }

  /**
   * A bucket as by {@link #bucket}; null for those who may not see it.
   *
   * @throws Refusal NoSuchBucket
   */
  public @Nullable JsonNode visible(BucketUri uri) throws IOException {
    try {
      return bucket(uri);
    } catch (Refusal e) {
      if (e.status() == HTTP_FORBIDDEN && !e.code().contains("Signature")) {
        return null;
      }
      throw e;
    }
  }

  private static Refusal missing(BucketUri uri) {
    String name = uri.scheme() == null ? uri.bucket() : uri.scheme() + "://" + uri.bucket();
    return new Refusal(HTTP_NOT_FOUND, "NoSuchBucket", "bucket \"" + name + "\" does not exist");
  }

  /**
   * An object.
   *
   * @throws Refusal NoSuchKey; NoSuchBucket; AccessDenied
   */
  public JsonNode object(BucketUri uri) throws IOException {
    try {
      return api.get(ApiPath.of("buckets", uri.bucket(), "object").with("key", uri.key()));
    } catch (Refusal e) {
      if (e.code().equals("NoSuchKey")) {
        throw new Refusal(
            e.status(),
            e.code(),
            "object \"" + uri.key() + "\" not found in " + uri.bucketName("s3"));
      }
      throw e.code().equals("NoSuchBucket") ? missing(uri) : e;
    }
  }

  @Override
  public void close() {
    if (s3 != null) {
      s3.close();
    }
  }
}
