package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accounts, users and keys, and what they may do. */
class AccountVerbsTest extends CliCase {
  private static final String READ =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
         "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]},
        {"Sid": "not that", "Effect": "Deny", "Action": "*",
         "Resource": "arn:aws:s3:::%1$s/secret/*"}]}
      """;

  /** Adds a profile for a new key. */
  private JsonNode key(String profile, String account, String... user) throws IOException {
    JsonNode key =
        user.length == 0
            ? json("KeyDetails", "key", "create", account)
            : json("KeyDetails", "key", "create", account, "--user", user[0]);
    Path profiles = directory.resolve("profiles");
    Files.writeString(
        profiles,
        "[%s]%nendpoint = %s%naccess-key = %s%nsecret-key = %s%n"
            .formatted(
                profile,
                endpoint(),
                key.path("accessKeyId").asString(),
                key.path("secretAccessKey").asString()),
        StandardOpenOption.APPEND);
    return key;
  }

  private Result as(String profile, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--profile=" + profile;
    return run(all);
  }

  @Test
  void allOfThemSpeakJson() throws IOException {
    String id = "000000000777";
    String policy = file("json-policy", READ.formatted("nothing"));
    String trust =
        file(
            "json-trust",
            """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}]}
            """
                .formatted(id));
    json("AccountDetails", "account", "create", "Json", "--id", id);
    json("AccountList", "account", "ls");
    assertThat(json("AccountDetails", "account", "show", id).path("id").asString()).isEqualTo(id);
    assertThat(sluice("account", "show", id)).contains(id, "Json");
    String key = json("KeyDetails", "key", "create", id).path("accessKeyId").asString();
    assertThat(json("KeyList", "key", "ls", id).path("keys").size()).isEqualTo(1);
    assertThat(json("KeyDetails", "key", "disable", id, key).path("status").asString())
        .isEqualTo("disabled");
    assertThat(json("KeyDetails", "key", "enable", id, key).path("status").asString())
        .isEqualTo("active");
    json("UserDetails", "user", "create", id, "u");
    assertThat(json("UserList", "user", "ls", id).path("users").size()).isEqualTo(1);
    json("UserPolicyView", "user", "set-policy", id, "u", "p", policy);
    json("UserPolicyView", "user", "rm-policy", id, "u", "p");
    json("UserDetails", "user", "rm", id, "u");
    json("RoleDetails", "role", "create", id, "r", trust);
    assertThat(json("RoleList", "role", "ls", id).path("roles").size()).isEqualTo(1);
    json("RoleDetails", "role", "trust", id, "r", trust);
    json("RolePolicyView", "role", "set-policy", id, "r", "p", policy);
    json("RolePolicyView", "role", "rm-policy", id, "r", "p");
    json("RoleDetails", "role", "rm", id, "r");
    json("KeyDetails", "key", "rm", id, key);
    json("AccountDetails", "account", "rm", id);
    assertThat(json("AccountList", "account", "ls").toString()).doesNotContain(id);
  }

  @Test
  void anAccountIsMadeAndUsedAndRemoved() throws IOException {
    JsonNode account = json("AccountDetails", "account", "create", "Ada", "--id", "000000000123");
    assertThat(account.path("id").asString()).isEqualTo("000000000123");
    run("account", "create", "Twin", "--id", "000000000123").failsWith(ExitCode.FAILED);
    JsonNode key = key("ada", "000000000123");
    assertThat(sluice("key", "ls", "000000000123"))
        .contains(key.path("accessKeyId").asString())
        .doesNotContain(key.path("secretAccessKey").asString());
    assertThat(sluice("account", "ls")).contains("000000000123", "root", "file", "store");
    as("ada", "create", "ais://of-ada").ok();
    assertThat(json("BucketView", "show", "bucket", "of-ada").path("ownerAccount").asString())
        .isEqualTo("000000000123");
    as("ada", "account", "ls").failsWith(ExitCode.DENIED);
    assertThat(run("account", "rm", "000000000123").failsWith(ExitCode.FAILED).err())
        .contains("DeleteConflict");
    as("ada", "bucket", "rm", "ais://of-ada").ok();
    assertThat(sluice("account", "rm", "000000000123"))
        .isEqualTo("Account 000000000123 removed.\n");
    as("ada", "ls", "ais:").failsWith(ExitCode.DENIED);
    run("account", "rm", USER_ID).failsWith(ExitCode.FAILED);
  }

  @Test
  void aUserMayDoWhatPoliciesSay() throws IOException {
    asUser("create", "ais://of-user").ok();
    String text = file("text", "some text");
    asUser("put", text, "ais://of-user/a").ok();
    asUser("put", text, "ais://of-user/secret/a").ok();
    JsonNode made = json("UserDetails", "user", "create", USER_ID, "grace", "--path", "/navy/");
    assertThat(made.path("arn").asString()).endsWith(":user/navy/grace");
    key("grace", USER_ID, "grace");
    as("grace", "get", "ais://of-user/a", "/dev/null").failsWith(ExitCode.DENIED);

    String policy = file("read.json", READ.formatted("of-user"));
    assertThat(sluice("user", "set-policy", USER_ID, "grace", "read", policy))
        .isEqualTo("Policy read of user grace successfully updated.\n");
    as("grace", "get", "ais://of-user/a", "/dev/null").ok();
    as("grace", "get", "ais://of-user/secret/a", "/dev/null").failsWith(ExitCode.DENIED);
    as("grace", "put", text, "ais://of-user/b").failsWith(ExitCode.DENIED);
    assertThat(sluice("user", "show-policy", USER_ID, "grace", "read")).contains("not that");
    assertThat(sluice("user", "ls", USER_ID)).contains("grace", "read");
    json("UserPolicyView", "user", "show-policy", USER_ID, "grace", "read");

    String arn = made.path("arn").asString();
    JsonNode denied =
        json(
            "Explanation",
            "policy",
            "explain",
            arn,
            "s3:GetObject",
            "arn:aws:s3:::of-user/secret/a");
    assertThat(denied.path("decision").asString()).isEqualTo("explicitly_denied");
    assertThat(denied.path("statement").asString()).isEqualTo("not that");
    assertThat(sluice("policy", "explain", arn, "s3:GetObject", "arn:aws:s3:::of-user/a"))
        .contains("allowed", "policy read of user grace");
    assertThat(sluice("policy", "explain", arn, "s3:PutObject", "arn:aws:s3:::of-user/a"))
        .contains("implicitly_denied");
    assertThat(sluice("policy", "explain", "USERKEY", "s3:PutObject", "arn:aws:s3:::of-user/a"))
        .contains("owner or ACL");
    run("policy", "explain", arn, "s3:Nothing", "arn:aws:s3:::of-user/a")
        .failsWith(ExitCode.FAILED);

    sluice("user", "rm-policy", USER_ID, "grace", "read");
    as("grace", "get", "ais://of-user/a", "/dev/null").failsWith(ExitCode.DENIED);
    assertThat(sluice("user", "rm", USER_ID, "grace")).isEqualTo("User grace removed.\n");
    run("user", "show", USER_ID, "grace").failsWith(ExitCode.NOT_FOUND);
  }

  @Test
  void conditionsAreExplainedByTheValuesGiven() throws IOException {
    sluice("create", "ais://by-address");
    sluice("user", "create", USER_ID, "far");
    String policy =
        file(
            "far.json",
            """
            {"Statement": {"Effect": "Allow", "Action": "s3:CreateBucket", "Resource": "*",
              "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}}
            """);
    sluice("user", "set-policy", USER_ID, "far", "p", policy);
    String arn = json("UserDetails", "user", "show", USER_ID, "far").path("arn").asString();
    String[] question = {"policy", "explain", arn, "s3:CreateBucket", "arn:aws:s3:::other"};
    assertThat(sluice(question)).contains("implicitly_denied");
    assertThat(
            sluice(
                "policy",
                "explain",
                arn,
                "s3:CreateBucket",
                "arn:aws:s3:::other",
                "--context",
                "aws:SourceIp=10.1.2.3"))
        .contains("allowed");
  }

  @Test
  void aDisabledKeyOpensNothing() throws IOException {
    JsonNode key = key("second", USER_ID);
    String id = key.path("accessKeyId").asString();
    as("second", "ls", "ais:").ok();
    assertThat(sluice("key", "disable", USER_ID, id)).contains("disabled");
    assertThat(as("second", "create", "ais://never").failsWith(ExitCode.DENIED).err())
        .contains("InvalidAccessKeyId");
    sluice("key", "enable", USER_ID, id);
    as("second", "ls", "ais:").ok();
    sluice("key", "rm", USER_ID, id);
    as("second", "ls", "ais:").failsWith(ExitCode.DENIED);
    run("key", "disable", USER_ID, "USERKEY").failsWith(ExitCode.NOT_FOUND);
    asUser("ls", "ais:").ok();
  }

  @Test
  void aRoleIsMadeAndExplained() throws IOException {
    asUser("create", "ais://of-role").ok();
    String trust =
        file(
            "trust.json",
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
            """);
    JsonNode role = json("RoleDetails", "role", "create", USER_ID, "reader", trust);
    String arn = role.path("arn").asString();
    assertThat(arn).endsWith(":role/reader");
    run("role", "create", USER_ID, "reader", trust).failsWith(ExitCode.FAILED);
    String policy = file("role.json", READ.formatted("of-role"));
    sluice("role", "set-policy", USER_ID, "reader", "read", policy);
    assertThat(sluice("role", "ls", USER_ID)).contains("reader", arn, "read");
    assertThat(sluice("role", "show", USER_ID, "reader")).contains("sts:AssumeRole");
    json("RolePolicyView", "role", "show-policy", USER_ID, "reader", "read");
    assertThat(sluice("policy", "explain", arn, "s3:GetObject", "arn:aws:s3:::of-role/a"))
        .contains("allowed", "policy read of role reader");
    assertThat(sluice("policy", "explain", arn, "s3:PutObject", "arn:aws:s3:::of-role/a"))
        .contains("implicitly_denied");
    assertThat(sluice("role", "trust", USER_ID, "reader", trust)).contains("updated");
    run("role", "trust", USER_ID, "reader", policy).failsWith(ExitCode.FAILED);
    sluice("role", "rm-policy", USER_ID, "reader", "read");
    assertThat(sluice("role", "rm", USER_ID, "reader")).isEqualTo("Role reader removed.\n");
    run("role", "show", USER_ID, "reader").failsWith(ExitCode.NOT_FOUND);
  }
}
