package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Tool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/**
 * Programs in Python, other than with boto3: MinIO's client, pyarrow's file system, which is AWS's
 * SDK for C++, and polars, which reads with Rust's object_store. {@code PYTHONPATH} or {@code
 * target/clients/python} has the packages.
 */
class PythonIT extends ClientCase {
  private static final Path SCRIPTS = Path.of("src/test/resources/python").toAbsolutePath();

  /** Where the packages are. */
  static String packages() {
    String path = System.getenv("PYTHONPATH");
    return path == null || path.isBlank()
        ? Path.of(System.getProperty("sluice.root", ".."))
            .resolve("target/clients/python")
            .toAbsolutePath()
            .toString()
        : path;
  }

  @ParameterizedTest
  @CsvSource({
    "minio, minio_client.py, false",
    "pyarrow, arrow.py, true",
    "polars, polars_frames.py, true",
    "s3fs, file_system.py, true"
  })
  void doesWhatApplicationsDo(String module, String script, boolean byUri) throws Exception {
    if (!byUri) {
      onlyInTheClear();
    }
    Map<String, String> variables = new HashMap<>(environment());
    variables.put("PYTHONPATH", packages());
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    Tool python = Tool.of(directory, variables, "python3");
    if (python.run("-c", "import " + module).exitCode() != 0) {
      if ("true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"))) {
        throw new AssertionError(module + " is not installed, and this run requires it");
      }
      throw new TestAbortedException(module + " is not installed");
    }

    String address = byUri ? gateway.endpoint().toString() : gateway.authority();

    assertThat(python.run(SCRIPTS.resolve(script).toString(), address, bucket + "-py").ok())
        .contains("done");
  }
}
