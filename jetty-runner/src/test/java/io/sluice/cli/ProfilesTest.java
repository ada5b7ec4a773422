package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.client.Profile;
import io.sluice.cli.client.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("profiles");
    Files.writeString(
        file,
        """
        [default]
        endpoint = http://one:1/s3
        access-key = FILE
        secret-key = file-secret
        [other]
        endpoint = https://two/prefix/s3/
        region = eu-west-1
        """);
  }

  private Profile get(Map<String, String> environment, String name) {
    return new Profiles(environment, file).get(name, null);
  }

  @Test
  void theFirstThatSaysSoCounts() {
    Map<String, String> aws =
        Map.of(
            "AWS_ACCESS_KEY_ID", "AWS",
            "AWS_SECRET_ACCESS_KEY", "aws-secret",
            "AWS_SESSION_TOKEN", "token",
            "AWS_ENDPOINT_URL", "http://aws:2/s3");
    Profile fromFile = get(aws, null);
    assertThat(fromFile.accessKey()).isEqualTo("FILE");
    assertThat(fromFile.sessionToken()).isNull();
    assertThat(fromFile.endpoint()).hasToString("http://one:1/s3");
    assertThat(fromFile.region()).isEqualTo("us-east-1");
    Profile other = get(aws, "other");
    assertThat(other.accessKey()).isEqualTo("AWS");
    assertThat(other.sessionToken()).isEqualTo("token");
    assertThat(other.region()).isEqualTo("eu-west-1");
    assertThat(other.admin()).hasToString("https://two/prefix/-/admin/v1");
    assertThat(get(Map.of("SLUICE_CLI_PROFILE", "other"), null).endpoint().getHost())
        .isEqualTo("two");
    assertThat(get(Map.of("SLUICE_CLI_ENDPOINT", "http://three/s3"), null).endpoint().getHost())
        .isEqualTo("three");
    assertThat(new Profiles(Map.of(), file).get(null, "http://four").admin())
        .hasToString("http://four/-/admin/v1");
    assertThat(new Profiles(aws, directory.resolve("none")).get(null, null).endpoint())
        .hasToString("http://aws:2/s3");
    assertThat(fromFile.toString()).doesNotContain("secret");
  }

  @Test
  void whatIsWrongIsToldWithoutSecrets() throws IOException {
    assertThatThrownBy(() -> get(Map.of(), "third")).hasMessageContaining("no profile third");
    assertThatThrownBy(() -> get(Map.of("SLUICE_CLI_ENDPOINT", "ftp://x"), null))
        .hasMessageContaining("no http:// or https:// URL");
    Files.writeString(file, "[default]\nsecretkey = very-secret\n");
    assertThatThrownBy(() -> get(Map.of(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line")
        .hasMessageNotContaining("very-secret");
  }
}
