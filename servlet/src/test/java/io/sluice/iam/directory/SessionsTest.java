package io.sluice.iam.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.auth.Account;
import io.sluice.auth.Credential;
import io.sluice.auth.FileCredentialStore;
import io.sluice.auth.Identity;
import io.sluice.auth.Identity.Role;
import io.sluice.auth.member.Member;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.directory.DirectoryEditor.NewAccount;
import io.sluice.iam.directory.Sessions.Guest;
import io.sluice.iam.directory.Sessions.Session;
import io.sluice.iam.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final String POLICY =
      "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}";

  @TempDir Path data;
  private final Hands clock = new Hands();
  private Directory directory;
  private Account account;
  private AccessKey key;

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void open() throws IOException {
    Path file = data.resolve("credentials");
    FileCredentialStore.generate(file);
    reopen();
    account = directory.editor().create(new NewAccount("a", null, null, Role.USER)).account();
    directory.editor().createUser(account, "u", "/");
    key = directory.editor().createKey(account, "u");
  }

  private void reopen() throws IOException {
    Path file = data.resolve("credentials");
    directory = Directory.open(data, FileCredentialStore.open(file, Clock.systemUTC()), clock);
  }

  private Identity user() {
    return directory.find(key.id()).orElseThrow().identity();
  }

  private Session begin(Guest guest) throws IOException {
    return directory.sessions().begin(user(), Duration.ofHours(1), guest);
  }

  private void refused(S3ErrorCode code, String id, String token) {
    assertThatThrownBy(() -> directory.find(id, token))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aSessionIsItsUserUntilItEnds() throws IOException {
    Session session = begin(null);
    assertThat(session.accessKeyId()).startsWith("ASIA").hasSize(20);
    assertThat(session.toString()).doesNotContain(session.secretAccessKey(), session.token());

    reopen();
    Credential found = directory.find(session.accessKeyId(), session.token()).orElseThrow();
    assertThat(found.secretAccessKey()).isEqualTo(session.secretAccessKey());
    assertThat(found.member()).isEqualTo(user().member());
    assertThat(Sessions.isSession(found.identity())).isTrue();
    assertThat(directory.find(session.accessKeyId())).isEmpty();

    clock.now = session.expiresAt().minusMillis(1);
    assertThat(directory.find(session.accessKeyId(), session.token())).isPresent();
    clock.now = session.expiresAt();
    refused(S3ErrorCode.EXPIRED_TOKEN, session.accessKeyId(), session.token());
  }

  @Test
  void whatWasNotMadeHereForThatKeyIsRefused() throws IOException {
    refused(S3ErrorCode.INVALID_TOKEN, "ASIA0000000000000000", "token");
    Session session = begin(null);
    Session other = begin(null);
    refused(S3ErrorCode.INVALID_TOKEN, other.accessKeyId(), session.token());
    refused(S3ErrorCode.INVALID_TOKEN, session.accessKeyId(), "");
    refused(S3ErrorCode.INVALID_TOKEN, session.accessKeyId(), "no base64!");
    refused(S3ErrorCode.INVALID_TOKEN, session.accessKeyId(), "A".repeat(20_000));
    byte[] bytes = Base64.getDecoder().decode(session.token());
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      refused(
          S3ErrorCode.INVALID_TOKEN,
          session.accessKeyId(),
          Base64.getEncoder().encodeToString(changed));
    }
    assertThat(directory.find(key.id(), session.token()).orElseThrow().accessKeyId())
        .as("a kept key is found; its token is compared later")
        .isEqualTo(key.id());
    assertThat(directory.find("AKIA0000000000000000", session.token())).isEmpty();
  }

  @Test
  void aSessionEndsWithTheKeyThatAskedForIt() throws IOException {
    Session session = begin(null);
    directory.editor().setStatus(account, key.id(), AccessKey.Status.DISABLED);
    assertThat(directory.find(session.accessKeyId(), session.token())).isEmpty();
    directory.editor().setStatus(account, key.id(), AccessKey.Status.ACTIVE);
    assertThat(directory.find(session.accessKeyId(), session.token())).isPresent();
    directory.editor().deleteUser(account, "u");
    assertThat(directory.find(session.accessKeyId(), session.token())).isEmpty();
  }

  @Test
  void aGuestMayDoNoMoreThanBothPolicies() throws IOException {
    directory.editor().putPolicy(account, "u", "p", POLICY);
    Session session = begin(new Guest("guest", POLICY));
    Identity guest =
        directory.find(session.accessKeyId(), session.token()).orElseThrow().identity();

    assertThat(guest.member()).isEqualTo(new Member.Federated("guest", user().member(), POLICY));
    DirectoryPrincipals principals = new DirectoryPrincipals(directory);
    assertThat(principals.requester(guest).arn()).endsWith(":federated-user/guest");
    PolicySet policies = principals.policies(guest);
    assertThat(policies.identity()).hasSize(1);
    assertThat(policies.session()).isNotNull();
  }

  @Test
  void aGuestWithoutAPolicyMayDoNothing() throws IOException {
    Session session = begin(new Guest("guest", null));
    Identity guest =
        directory.find(session.accessKeyId(), session.token()).orElseThrow().identity();
    PolicySet policies = new DirectoryPrincipals(directory).policies(guest);
    assertThat(policies.session()).isNotNull();
    assertThat(policies.session().statements()).isEmpty();
  }

  @Test
  void aRolesSessionIsOfItsAccountUntilTheRoleIsGone() throws IOException {
    Account other = directory.editor().create(new NewAccount("b", null, null, Role.USER)).account();
    io.sluice.iam.directory.Role role =
        directory
            .roleEditor()
            .create(
                other,
                "reader",
                "/x/",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
                    + "\"Action\":\"sts:AssumeRole\"}}");
    directory.roleEditor().putPolicy(other, "reader", "p", POLICY);
    Session session = begin(new Guest("job", null, role));

    Identity identity =
        directory.find(session.accessKeyId(), session.token()).orElseThrow().identity();
    assertThat(identity.canonicalId()).isEqualTo(other.canonicalId());
    DirectoryPrincipals principals = new DirectoryPrincipals(directory);
    assertThat(principals.requester(identity).arn()).endsWith(":assumed-role/reader/job");
    assertThat(principals.requester(identity).roleArn()).endsWith(":role/x/reader");
    assertThat(principals.requester(identity).kind())
        .isEqualTo(io.sluice.iam.policy.Requester.Kind.ASSUMED_ROLE);
    assertThat(principals.policies(identity).identity()).hasSize(1);
    assertThat(principals.policies(identity).session()).isNull();
    directory.roleEditor().delete(other, "reader");
    assertThat(directory.find(session.accessKeyId(), session.token())).isEmpty();
  }

  @Test
  void aGuestOfAnAdministratorIsNone() throws IOException {
    Identity root = directory.all().get(0).identity();
    assertThat(root.role()).isEqualTo(Role.ADMIN);
    Session own = directory.sessions().begin(root, Duration.ofHours(1), null);
    Session guests =
        directory.sessions().begin(root, Duration.ofHours(1), new Guest("guest", POLICY));

    assertThat(directory.find(own.accessKeyId(), own.token()).orElseThrow().identity().role())
        .isEqualTo(Role.ADMIN);
    assertThat(directory.find(guests.accessKeyId(), guests.token()).orElseThrow().identity().role())
        .isEqualTo(Role.USER);
    assertThat(Files.readString(data.resolve("accounts"))).contains("session-key ");
  }
}
