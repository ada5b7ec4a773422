package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Tool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** boto3 as it comes: each script is a program that a user could have written. */
class Boto3IT extends ClientCase {
  private static final Path SCRIPTS = Path.of("src/test/resources/boto3").toAbsolutePath();

  @ParameterizedTest
  @CsvSource({
    "objects.py, path", "objects.py, virtual",
    "listing.py, path", "listing.py, virtual",
    "metadata.py, path", "metadata.py, virtual",
    "integrity.py, path", "integrity.py, virtual",
    "transfer.py, path", "transfer.py, virtual",
    "presign.py, path", "presign.py, virtual",
    "post.py, path", "post.py, virtual",
    "sts.py, path", "roles.py, path"
  })
  void runs(String script, String style) throws Exception {
    Map<String, String> variables = new HashMap<>(environment());
    boolean virtual = style.equals("virtual");
    if (virtual && gateway.external()) {
      throw new TestAbortedException("only servers of the harness know the base domain");
    }
    variables.put("S3_STYLE", style);
    variables.put("S3_BUCKET", bucket);
    variables.put(
        "S3_ENDPOINT",
        virtual
            ? gateway.endpoint().getScheme()
                + "://"
                + Gateway.BASE_DOMAIN
                + ":"
                + gateway.endpoint().getPort()
            : gateway.endpoint().toString());
    variables.put("PYTHONPATH", SCRIPTS.toString());
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    Tool python = python(directory, variables);

    assertThat(python.run(SCRIPTS.resolve(script).toString()).ok()).contains("done");
  }

  /** Python with boto3; where it is not installed the test is skipped, or fails. */
  static Tool python(Path directory, Map<String, String> variables) throws Exception {
    Tool python = Tool.of(directory, variables, "python3");
    boolean missing = python.run("-c", "import boto3").exitCode() != 0;
    if (missing && "true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"))) {
      throw new AssertionError("boto3 is not installed, and this run requires it");
    }
    if (missing) {
      throw new TestAbortedException("boto3 is not installed");
    }
    return python;
  }
}
