package io.sluice.iam.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.auth.Account;
import io.sluice.auth.FileCredentialStore;
import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.directory.DirectoryEditor.NewAccount;
import io.sluice.iam.policy.PrincipalPattern;
import io.sluice.iam.policy.Requester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"read all\",\"Effect\":\"Allow\","
          + "\"Action\":\"s3:Get*\",\"Resource\":\"arn:aws:s3:::b/\u00e4/*\"}]}";

  @TempDir Path data;
  private Clock clock = Clock.systemUTC();
  private Directory directory;
  private DirectoryEditor editor;

  @BeforeEach
  void open() throws IOException {
    Path file = data.resolve("credentials");
    if (!Files.exists(file)) {
      FileCredentialStore.generate(file);
    }
    directory = Directory.open(data, FileCredentialStore.open(file, Clock.systemUTC()), clock);
    editor = directory.editor();
  }

  private Account account(String name) throws IOException {
    return editor.create(new NewAccount(name, null, null, Identity.Role.USER)).account();
  }

  private static void refused(S3ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void allOfItIsThereAgainWhenItIsOpenedAgain() throws IOException {
    AccountEntry made =
        editor.create(
            new NewAccount(
                "Ada & Co - \u00e4%", "000000000042", "a@example.com", Identity.Role.ADMIN));
    editor.create(new NewAccount("-", null, null, Identity.Role.USER));
    Account account = made.account();
    editor.createUser(account, "Grace", "/navy/");
    AccessKey ofRoot = editor.createKey(account, null);
    AccessKey ofUser = editor.createKey(account, "Grace");
    AccessKey disabled = editor.createKey(account, "Grace");
    editor.setStatus(account, disabled.id(), AccessKey.Status.DISABLED);
    editor.putPolicy(account, "Grace", "read", POLICY);
    String trust =
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}";
    Role role = directory.roleEditor().create(account, "Reader", "/", trust);
    directory.roleEditor().putPolicy(account, "Reader", "read", POLICY);
    Contents before = directory.contents();

    open();

    assertThat(directory.contents().accounts()).isEqualTo(before.accounts());
    assertThat(directory.contents().keys()).isEqualTo(before.keys());
    assertThat(editor.user(account, "Grace").member())
        .isEqualTo(before.users().values().iterator().next().member());
    assertThat(editor.account("000000000042").account()).isEqualTo(account);
    assertThat(editor.policy(account, "Grace", "read").document()).isEqualTo(POLICY);
    assertThat(directory.roleNamed(role.arn()).orElseThrow().trust().document()).isEqualTo(trust);
    assertThat(directory.roleEditor().policy(account, "Reader", "read").document())
        .isEqualTo(POLICY);
    assertThat(directory.find(ofRoot.id()).orElseThrow().secretAccessKey())
        .isEqualTo(ofRoot.secret());
    assertThat(directory.find(ofUser.id()).orElseThrow().member().arn(account.canonicalId()))
        .isEqualTo("arn:aws:iam::000000000042:user/navy/Grace");
    assertThat(directory.find(disabled.id())).isEmpty();
  }

  @Test
  void itsOwnerAloneReadsTheFile() throws IOException {
    account("a");
    Path left = data.resolve("accounts.new");
    Files.writeString(left, "left behind");
    account("b");

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("accounts"))))
        .isEqualTo("rw-------");
    assertThat(left).doesNotExist();
  }

  @Test
  void aFileThatIsNoneOfTheseIsRefusedWithoutItsSecrets() throws IOException {
    Path file = data.resolve("accounts");
    Files.writeString(file, "sluice-accounts 1\nkey AKIA verysecret\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("accounts:2")
        .hasMessageNotContaining("verysecret");
    Files.writeString(file, "sluice-accounts 2\n");
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
  }

  @Test
  void aKeyOpensNothingWhileItIsDisabledOrItsUserIsGone() throws IOException {
    Account account = account("a");
    editor.createUser(account, "u", "/");
    AccessKey key = editor.createKey(account, "u");

    editor.setStatus(account, key.id(), AccessKey.Status.DISABLED);
    assertThat(directory.find(key.id())).isEmpty();
    editor.setStatus(account, key.id(), AccessKey.Status.ACTIVE);
    assertThat(directory.find(key.id())).isPresent();
    editor.deleteUser(account, "u");
    assertThat(directory.find(key.id())).isEmpty();
    refused(S3ErrorCode.NO_SUCH_ENTITY, () -> editor.key(account, key.id()));
  }

  @Test
  void theCredentialsFileWinsAndStays() throws IOException {
    Account fixed = directory.all().get(0).account();
    assertThat(fixed.role()).isEqualTo(Identity.Role.ADMIN);
    refused(
        S3ErrorCode.INVALID_REQUEST,
        () -> editor.deleteAccount(directory.accounts().iterator().next().accountId()));

    editor.createUser(fixed, "u", "/");
    AccessKey key = editor.createKey(fixed, "u");

    assertThat(directory.find(key.id()).orElseThrow().member().user()).isNotNull();
    assertThat(directory.account(fixed.canonicalId())).contains(fixed);
  }

  @Test
  void namesAreCheckedAndUnique() throws IOException {
    Account account = account("a");
    editor.createUser(account, "Ada", "/");
    refused(S3ErrorCode.ENTITY_ALREADY_EXISTS, () -> editor.createUser(account, "ada", "/"));
    refused(S3ErrorCode.INVALID_ARGUMENT, () -> editor.createUser(account, "a b", "/"));
    refused(S3ErrorCode.INVALID_ARGUMENT, () -> editor.createUser(account, "b", "no/slash"));
    refused(S3ErrorCode.NO_SUCH_ENTITY, () -> editor.createKey(account, "nobody"));
    refused(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> editor.create(new NewAccount("a\nb", null, null, Identity.Role.USER)));
    refused(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> editor.create(new NewAccount("a", null, "nowhere", Identity.Role.USER)));
    refused(S3ErrorCode.MALFORMED_POLICY, () -> editor.putPolicy(account, "Ada", "p", "{}"));
    refused(
        S3ErrorCode.ENTITY_ALREADY_EXISTS,
        () ->
            editor.create(
                new NewAccount(
                    "b", editor.account(account.name()).accountId(), null, Identity.Role.USER)));
    for (int i = 0; i < DirectoryEditor.MAX_KEYS; i++) {
      editor.createKey(account, "Ada");
    }
    refused(S3ErrorCode.LIMIT_EXCEEDED, () -> editor.createKey(account, "Ada"));
  }

  @Test
  void principalsAreAccountsAndUsers() throws IOException {
    Account account = account("a");
    String accountId = editor.account(account.canonicalId()).accountId();
    User user = editor.createUser(account, "u", "/");
    editor.putPolicy(account, "u", "read", POLICY);
    DirectoryPrincipals principals = new DirectoryPrincipals(directory);
    Identity identity =
        new Identity(account.canonicalId(), "a", "AKID", Identity.Role.USER, user.member());

    Requester requester = principals.requester(identity);

    assertThat(requester.kind()).isEqualTo(Requester.Kind.USER);
    assertThat(requester.arn()).isEqualTo("arn:aws:iam::" + accountId + ":user/u");
    assertThat(requester.userId()).startsWith("AIDA");
    assertThat(principals.policies(identity).identity()).hasSize(1);
    assertThat(principals.exists(PrincipalPattern.parse("AWS", user.arn()))).isTrue();
    assertThat(principals.exists(PrincipalPattern.parse("AWS", user.arn() + "x"))).isFalse();
    assertThat(principals.exists(PrincipalPattern.parse("AWS", accountId))).isTrue();
    editor.deleteUser(account, "u");
    assertThat(principals.policies(identity).identity()).isEmpty();
  }
}
