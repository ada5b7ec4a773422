package io.sluice.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.auth.Identity.Role;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The credentials file: its grammar, its faults, and its changes. */
class FileCredentialStoreTest {
  private static final String TWO_ACCOUNTS =
      """
      # people
      [alice]
      aws_access_key_id = AKIAALICE1
      aws_secret_access_key = secret=of/alice+1
      aws_access_key_id = AKIAALICE2
      aws_secret_access_key = secretofalice2
      aws_session_token = tokenofalice2
      canonical_id = 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      display_name = Alice in Chains
      email = alice@example.com
      role = admin

      ; machines
      [bob]
      aws_access_key_id=AKIABOB
      aws_secret_access_key=secretofbob
      """;

  @TempDir Path directory;
  private Path file;
  private final TickingClock clock = new TickingClock();

  /** A clock that the test moves. */
  private static final class TickingClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T01:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void name() {
    file = directory.resolve("credentials");
  }

  private FileCredentialStore open(String text) throws IOException {
    Files.writeString(file, text);
    return FileCredentialStore.open(file, clock);
  }

  /** Writes the file with a time stamp of its own, whatever the file system's grain. */
  private void rewrite(String text, int second) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(second)));
  }

  @Test
  void accountsAndKeys() throws Exception {
    FileCredentialStore store = open(TWO_ACCOUNTS);
    Credential first = store.find("AKIAALICE1").orElseThrow();
    assertThat(first.secretAccessKey()).isEqualTo("secret=of/alice+1");
    assertThat(first.sessionToken()).isNull();
    assertThat(first.account())
        .isEqualTo(
            new Account(
                "alice",
                "0123456789abcdef".repeat(4),
                "Alice in Chains",
                "alice@example.com",
                Role.ADMIN));
    Credential second = store.find("AKIAALICE2").orElseThrow();
    assertThat(second.secretAccessKey()).isEqualTo("secretofalice2");
    assertThat(second.sessionToken()).isEqualTo("tokenofalice2");
    assertThat(second.account()).isEqualTo(first.account());
    Account bob = store.find("AKIABOB").orElseThrow().account();
    assertThat(bob.role()).isEqualTo(Role.USER);
    assertThat(bob.displayName()).isEqualTo("bob");
    assertThat(bob.canonicalId()).isEqualTo(TestClient.hex(TestClient.sha256("bob".getBytes())));
    assertThat(store.account(bob.canonicalId())).contains(bob);
    assertThat(store.find("AKIANOBODY")).isEmpty();
    assertThat(store.all()).hasSize(3);
  }

  @Test
  void secretsStayOutOfText() throws Exception {
    assertThat(open(TWO_ACCOUNTS).all().toString())
        .contains("AKIAALICE2")
        .doesNotContain("secretof")
        .doesNotContain("tokenof");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws_access_key_id=A | 1: expected name = value inside a [section]",
        "[a]\\nnonsense | 2: expected name = value inside a [section]",
        "[a\\nx=y | 1: a section is [name]",
        "[]\\nx=y | 1: a section is [name]",
        "[a]\\naws_secret_access_key=secretsecret | 2: aws_secret_access_key stands before any",
        "[a]\\naws_access_key_id=A\\naws_secret_access_key=short | 3: aws_secret_access_key has",
        "[a]\\naws_access_key_id=A | 2: access key A in [a] has no secret",
        "[a]\\naws_access_key_id=A\\naws_secret_access_key= | 3: aws_secret_access_key is empty",
        "[a]\\nrole=king | 2: role is admin or user",
        "[a]\\ncanonical_id=abc | 2: canonical_id is 64 hex digits",
        "[a]\\naws_acces_key_id=A | 2: unknown name aws_acces_key_id",
        "[a]\\n[a] | 2: section [a] appears twice",
        "# nothing | 1: no access key in it",
      })
  void faultsNameTheirLine(String text, String message) throws Exception {
    assertThatThrownBy(() -> open(text.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + ":" + message)
        .hasMessageNotContaining("secretsecret")
        .hasMessageNotContaining("short");
  }

  @Test
  void oneKeyOneOwner() throws Exception {
    String twice =
        "[a]\naws_access_key_id=A\naws_secret_access_key=secretsecret\n"
            + "[b]\naws_access_key_id=A\naws_secret_access_key=othersecret\n";
    assertThatThrownBy(() -> open(twice)).hasMessageContaining("access key A appears twice");
  }

  @Test
  void missingFile() {
    assertThatThrownBy(() -> FileCredentialStore.open(file, clock))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void changeTakesEffectWithinASecond() throws Exception {
    FileCredentialStore store = open(TWO_ACCOUNTS);
    rewrite("[bob]\naws_access_key_id=AKIABOB\naws_secret_access_key=anewsecret\n", 5);
    assertThat(store.find("AKIAALICE1")).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(store.find("AKIAALICE1")).isEmpty();
    assertThat(store.find("AKIABOB").orElseThrow().secretAccessKey()).isEqualTo("anewsecret");
  }

  @Test
  void brokenChangeLeavesTheFormerKeys() throws Exception {
    FileCredentialStore store = open(TWO_ACCOUNTS);
    rewrite("[alice]\nnonsense\n", 5);
    clock.advance(Duration.ofSeconds(2));
    assertThat(store.find("AKIAALICE1")).isPresent();
    Files.delete(file);
    clock.advance(Duration.ofSeconds(2));
    assertThat(store.find("AKIAALICE1")).isPresent();
    rewrite("[carol]\naws_access_key_id=AKIACAROL\naws_secret_access_key=carolsecret\n", 9);
    clock.advance(Duration.ofSeconds(2));
    assertThat(store.find("AKIACAROL")).isPresent();
    assertThat(store.find("AKIAALICE1")).isEmpty();
  }

  @Test
  void generatedFile() throws Exception {
    Credential generated = FileCredentialStore.generate(file);
    assertThat(generated.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
    assertThat(generated.secretAccessKey()).matches("[A-Za-z0-9]{40}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Credential read =
        FileCredentialStore.open(file, clock).find(generated.accessKeyId()).orElseThrow();
    assertThat(read.secretAccessKey()).isEqualTo(generated.secretAccessKey());
    assertThat(read.account()).isEqualTo(generated.account());
    assertThat(read.account().role()).isEqualTo(Role.ADMIN);
    assertThatThrownBy(() -> FileCredentialStore.generate(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    Path another = directory.resolve("another");
    assertThat(FileCredentialStore.generate(another).accessKeyId())
        .isNotEqualTo(generated.accessKeyId());
  }
}
