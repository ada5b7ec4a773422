package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every error that the gateway throws is provoked with boto3 and its signer, which check its
 * message and ids too; those that no client brings about at will have the test that is named here.
 */
class ErrorCodesIT extends ClientCase {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));
  private static final Path SOURCES = ROOT.resolve("servlet/src/main/java/io/sluice");
  private static final Path SCRIPT = Path.of("src/test/resources/boto3/errors.py").toAbsolutePath();
  private static final Pattern CONSTANT =
      Pattern.compile("\\n  ([A-Z0-9_]+)\\(\\s*\"(\\w+)\",\\s*(\\d+)");

  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("AmbiguousBucketName", "RemoteVerbsTest"),
          Map.entry("AmbiguousGrantByEmailAddress", "AclTest"),
          Map.entry("AnnotationLimitExceeded", "AnnotationTest"),
          Map.entry("DeleteConflict", "AccountVerbsTest"),
          Map.entry("EntityAlreadyExists", "DirectoryTest"),
          Map.entry("ExpiredToken", "SessionsTest"),
          Map.entry("IncompleteBody", "ChunkedUploadIT"),
          Map.entry("InternalError", "FaultsIT"),
          Map.entry("InvalidBucketAclWithBlockPublicAccessError", "AclsTest"),
          Map.entry("InvalidChunkSizeError", "ChunkedPayloadStreamTest"),
          Map.entry("LimitExceeded", "DirectoryTest"),
          Map.entry("MalformedTrailerError", "ChunkedPayloadStreamTest"),
          Map.entry("NoSuchEntity", "DirectoryTest"),
          Map.entry("QuotaExceeded", "AdminIT"),
          Map.entry("ServiceUnavailable", "RemoteFaultTest"),
          Map.entry("StorageFull", "DiskFullIT"));

  /** Races, clients that went away, ten thousand appends, and what only some containers tell. */
  private static final Set<String> BY_CHANCE =
      Set.of(
          "OperationAborted",
          "RequestTimeout",
          "RequestHeaderSectionTooLarge",
          "SlowDown",
          "TooManyParts");

  @Test
  void everyErrorIsProvoked() throws Exception {
    onlyInTheClear();
    Map<String, String> thrown = thrown();
    assertThat(thrown).hasSizeGreaterThan(80);
    Map<String, String> variables = new HashMap<>(environment());
    variables.put("OTHER_ACCESS_KEY_ID", Account.OTHER.accessKey());
    variables.put("OTHER_SECRET_ACCESS_KEY", Account.OTHER.secretKey());
    variables.put("S3_STYLE", "path");
    variables.put("S3_BUCKET", bucket);
    variables.put("S3_ENDPOINT", gateway.endpoint().toString());
    variables.put("PYTHONPATH", SCRIPT.getParent().toString());
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    Tool python = Boto3IT.python(directory, variables);

    List<String> lines = python.run(SCRIPT.toString()).ok().lines().toList();

    Map<String, String> provoked = new TreeMap<>();
    lines.stream()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2)
        .forEach(words -> provoked.put(words[0], words[1]));
    assertThat(lines).contains("done");
    assertThat(provoked).doesNotContainKeys(ELSEWHERE.keySet().toArray(String[]::new));
    thrown.keySet().removeAll(ELSEWHERE.keySet());
    thrown.keySet().removeAll(BY_CHANCE);
    assertThat(provoked).containsAllEntriesOf(thrown);
  }

  @Test
  void theTestsThatAreNamedAreThere() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (ELSEWHERE.containsValue(name)) {
          tests.put(name, Files.readString(file));
        }
      }
    }
    ELSEWHERE.forEach(
        (code, test) ->
            assertThat(tests.get(test).replace("_", ""))
                .as(test + " of " + code)
                .containsIgnoringCase(code.replaceFirst("Error$", "")));
  }

  /** The codes that something throws, and their statuses; the others only come from a remote S3. */
  private static Map<String, String> thrown() throws IOException {
    Path table = SOURCES.resolve("error/S3ErrorCode.java");
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (!file.equals(table)) {
          sources.append(Files.readString(file));
        }
      }
    }
    Map<String, String> codes = new TreeMap<>();
    Matcher constants = CONSTANT.matcher(Files.readString(table));
    while (constants.find()) {
      if (sources.indexOf("S3ErrorCode." + constants.group(1)) >= 0) {
        codes.put(constants.group(2), constants.group(3));
      }
    }
    return codes;
  }
}
