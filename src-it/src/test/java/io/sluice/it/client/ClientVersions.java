package io.sluice.it.client;

import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The versions of the programs and libraries that this run has, each found where its test finds it.
 * Stateless.
 */
final class ClientVersions {
  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+)(\\.\\w+)*");

  private ClientVersions() {}

  /** Finds a text with a version in it. */
  interface Source {
    String text(Path directory) throws Exception;
  }

  /** By the names of the clients in docs/CLIENTS.md; some have two. */
  static Map<String, Source[]> sources() {
    Map<String, Source[]> all = new LinkedHashMap<>();
    all.put("aws CLI", some(command("aws", "--version")));
    all.put("boto3", some(python("boto3", "")));
    all.put("AWS SDK for Java 2", some(jarOf(software.amazon.awssdk.services.s3.S3Client.class)));
    all.put("AWS SDK for Java 1", some(jarOf(com.amazonaws.services.s3.AmazonS3.class)));
    all.put("AWS SDK for JavaScript 3", some(npm("@aws-sdk/client-s3")));
    all.put(
        "AWS SDK for Go 2 and 1", some(go("aws/aws-sdk-go-v2/service/s3"), go("aws/aws-sdk-go")));
    all.put("AWS SDK for C++, in pyarrow", some(python("pyarrow", PythonIT.packages())));
    all.put("Rust object_store, in polars", some(python("polars", PythonIT.packages())));
    all.put("s3fs of fsspec", some(python("s3fs", PythonIT.packages())));
    all.put("MinIO's client for Go", some(go("minio/minio-go/v7")));
    all.put("MinIO's client for Java", some(jarOf(io.minio.MinioClient.class)));
    all.put("MinIO's client for JavaScript", some(npm("minio")));
    all.put("MinIO's client for Python", some(python("minio", PythonIT.packages())));
    all.put("Hadoop's S3A, with Parquet through it", some(fetched("hadoop", "hadoop-aws-")));
    all.put("Apache Iceberg's S3FileIO", some(fetched("iceberg", "iceberg-aws-")));
    all.put("s3fs-fuse", some(command("s3fs", "--version")));
    all.put("s3cmd", some(command("s3cmd", "--version")));
    all.put("rclone", some(command("rclone", "version")));
    all.put("restic", some(command("restic", "version")));
    all.put("curl", some(command("curl", "--version")));
    all.put("Chromium", some(command("chromium", "--version")));
    all.put("Chromium, at the console", some(command("chromium", "--version")));
    all.put("nginx in front", some(command("nginx", "-v")));
    all.put("nginx with TLS and HTTP/2 in front", some(command("nginx", "-v")));
    all.put("nginx in front of several", some(command("nginx", "-v")));
    all.put("HAProxy in front", some(command("haproxy", "-v")));
    return all;
  }

  private static Source[] some(Source... sources) {
    return sources;
  }

  /** Major and minor of all of a client's versions; nothing where one is not installed. */
  static Optional<String> of(Path directory, Source... sources) throws Exception {
    StringBuilder versions = new StringBuilder();
    for (Source source : sources) {
      Matcher version;
      try {
        version = VERSION.matcher(source.text(directory));
      } catch (TestAbortedException missing) {
        return Optional.empty();
      }
      if (!version.find()) {
        return Optional.empty();
      }
      versions.append(versions.isEmpty() ? "" : ", ").append(version.group(1));
    }
    return Optional.of(versions.toString());
  }

  /** What a program says of itself; nginx says it as an error. */
  private static Source command(String... command) {
    return directory -> {
      Tool.Result said = Tool.of(directory, Map.of("HOME", directory.toString()), command).run();
      return said.out().isBlank() ? said.err() : said.out();
    };
  }

  private static Source python(String module, String path) {
    return directory -> {
      String program = "import " + module + "; print(" + module + ".__version__)";
      Map<String, String> variables = path.isEmpty() ? Map.of() : Map.of("PYTHONPATH", path);
      return Tool.of(directory, variables, "python3", "-c", program).run().out();
    };
  }

  private static Source npm(String name) {
    return directory -> {
      Path description = JavaScriptIT.modules(name).resolve(name).resolve("package.json");
      return match("\"version\":\\s*\"([^\"]+)\"", Files.readString(description));
    };
  }

  private static Source go(String module) {
    return directory ->
        match(
            Pattern.quote("github.com/" + module + " v") + "(\\S+)",
            Files.readString(Path.of("src/test/resources/go/go.mod")));
  }

  private static Source jarOf(Class<?> type) {
    return directory -> {
      Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return match("-(\\d[^-]*)\\.jar$", jar.toString());
    };
  }

  private static Source fetched(String client, String prefix) {
    return directory -> {
      try (Stream<Path> jars = Files.list(Path.of("target/clients").resolve(client))) {
        return jars.map(jar -> jar.getFileName().toString())
            .filter(name -> name.startsWith(prefix))
            .findFirst()
            .orElse("");
      } catch (IOException notFetched) {
        return "";
      }
    };
  }

  private static String match(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
