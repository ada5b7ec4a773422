package io.sluice.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.auth.Account;
import io.sluice.auth.Identity;
import io.sluice.auth.Identity.Role;
import io.sluice.iam.directory.AccessKey;
import io.sluice.iam.directory.Directory;
import io.sluice.iam.directory.DirectoryEditor.NewAccount;
import io.sluice.iam.directory.DirectoryPrincipals;
import io.sluice.operation.FixtureAccounts;
import io.sluice.protocol.Origin;
import io.sluice.uri.QueryString;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenServiceTest {
  private static final String VERSION = "&Version=2011-06-15";
  private static final String POLICY =
      "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A*%22%2C"
          + "%22Resource%22%3A%22*%22%7D%7D";

  private final Directory directory = Directory.inMemory(new FixtureAccounts());
  private final TokenService service =
      new TokenService(directory, new DirectoryPrincipals(directory), Clock.systemUTC());
  private Account account;
  private AccessKey key;

  @BeforeEach
  void makeUser() throws IOException {
    account =
        directory.editor().create(new NewAccount("a", "000000000777", null, Role.USER)).account();
    directory.editor().createUser(account, "u", "/x/");
    key = directory.editor().createKey(account, "u");
  }

  private Identity user() {
    return directory.find(key.id()).orElseThrow().identity();
  }

  private String answer(String form, Identity identity) throws IOException {
    Object document =
        service.answer(
            QueryString.parse(form + VERSION),
            new TokenService.Caller(identity, Origin.LOCAL),
            "REQUEST");
    return new String(XmlBodies.writeOfTokenService(document), StandardCharsets.UTF_8);
  }

  private void refused(int status, String code, String form, Identity identity) {
    assertThatThrownBy(() -> answer(form, identity))
        .isInstanceOfSatisfying(
            TokenRefusal.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.status()).isEqualTo(status);
            });
  }

  @Test
  void callersAreToldWhoTheyAre() throws IOException {
    String user = directory.editor().user(account, "u").member().id();
    assertThat(answer("Action=GetCallerIdentity", user()))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<GetCallerIdentityResult><Arn>arn:aws:iam::000000000777:user/x/u</Arn><UserId>"
                + user
                + "</UserId><Account>000000000777</Account></GetCallerIdentityResult>"
                + "<ResponseMetadata><RequestId>REQUEST</RequestId></ResponseMetadata>"
                + "</GetCallerIdentityResponse>");
    assertThat(answer("Action=GetCallerIdentity", FixtureAccounts.OTHER)).contains(":root</Arn>");
  }

  @Test
  void aSessionTokenLivesAsLongAsItMay() throws IOException {
    assertThat(answer("Action=GetSessionToken", user()))
        .contains("<AccessKeyId>ASIA", "<SecretAccessKey>", "<SessionToken>", "<Expiration>20");
    assertThat(answer("Action=GetSessionToken&DurationSeconds=129600", user()))
        .contains("<Credentials>");
    String rootsExpiration =
        answer("Action=GetSessionToken&DurationSeconds=129600", FixtureAccounts.OTHER)
            .replaceAll("(?s).*<Expiration>(.*)</Expiration>.*", "$1");
    assertThat(Duration.between(Instant.now(), Instant.parse(rootsExpiration)))
        .isLessThanOrEqualTo(Duration.ofHours(1));
    for (String seconds : new String[] {"899", "129601", "-1", "x", "99999999999"}) {
      refused(400, "ValidationError", "Action=GetSessionToken&DurationSeconds=" + seconds, user());
    }
    refused(
        501, "NotImplemented", "Action=GetSessionToken&SerialNumber=x&TokenCode=123456", user());
    Identity session =
        new Identity(account.canonicalId(), "a", "ASIAXXXX", Role.USER, user().member());
    refused(403, "AccessDenied", "Action=GetSessionToken", session);
    assertThat(answer("Action=GetCallerIdentity", session)).contains("user/x/u");
  }

  @Test
  void aFederationTokenNeedsAPermission() throws IOException {
    String form = "Action=GetFederationToken&Name=guest&Policy=" + POLICY;
    refused(403, "AccessDenied", form, user());
    assertThat(answer(form, FixtureAccounts.OTHER))
        .contains(":federated-user/guest</Arn>", ":guest</FederatedUserId>");
    directory
        .editor()
        .putPolicy(
            account,
            "u",
            "federate",
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:GetFederationToken\","
                + "\"Resource\":\"arn:aws:sts::000000000777:federated-user/g*\"}}");
    assertThat(answer(form, user())).contains("000000000777:federated-user/guest");
    refused(403, "AccessDenied", form.replace("=guest", "=other"), user());
    refused(400, "MalformedPolicyDocument", "Action=GetFederationToken&Name=gg&Policy={}", user());
    refused(400, "ValidationError", "Action=GetFederationToken&Name=g%20g", user());
    refused(400, "ValidationError", "Action=GetFederationToken", user());
    refused(
        501,
        "NotImplemented",
        "Action=GetFederationToken&Name=gg&PolicyArns.member.1.arn=x",
        user());
    refused(
        400,
        "ValidationError",
        "Action=GetFederationToken&Name=gg&Policy=" + "x".repeat(2049),
        user());
  }

  @Test
  void theRestIsRefusedByName() {
    refused(501, "NotImplemented", "Action=AssumeRoleWithSAML", user());
    refused(400, "InvalidAction", "Action=Nothing", user());
    refused(400, "MissingAction", "Name=x", user());
    refused(403, "MissingAuthenticationToken", "Action=GetCallerIdentity", Identity.ANONYMOUS);
    assertThatThrownBy(
            () ->
                service.answer(
                    QueryString.parse("Action=GetCallerIdentity&Version=1"),
                    new TokenService.Caller(user(), Origin.LOCAL),
                    "REQUEST"))
        .isInstanceOf(TokenRefusal.class);
  }

  private static String trust(String principal, String... more) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
        + principal
        + ",\"Action\":\"sts:AssumeRole\""
        + String.join("", more)
        + "}}";
  }

  private static String assume(String role) {
    return "Action=AssumeRole&RoleSessionName=job&RoleArn=" + role;
  }

  @Test
  void aRoleIsTakenOnByWhomItTrusts() throws IOException {
    String user = directory.editor().user(account, "u").arn();
    String arn =
        directory
            .roleEditor()
            .create(account, "reader", "/x/", trust("{\"AWS\":\"" + user + "\"}"))
            .arn();
    assertThat(arn).isEqualTo("arn:aws:iam::000000000777:role/x/reader");
    assertThat(answer(assume(arn), user()))
        .contains("<Arn>arn:aws:sts::000000000777:assumed-role/reader/job</Arn>")
        .containsPattern("<AssumedRoleId>AROA[A-Z2-7]{16}:job</AssumedRoleId>")
        .contains("<PackedPolicySize>0<");
    refused(403, "AccessDenied", assume(arn), FixtureAccounts.OTHER);
    refused(403, "AccessDenied", assume(arn + "x"), user());
    refused(400, "ValidationError", assume(arn) + "&DurationSeconds=43201", user());
    refused(400, "ValidationError", "Action=AssumeRole&RoleSessionName=job", user());
    refused(400, "ValidationError", "Action=AssumeRole&RoleArn=" + arn, user());
    refused(501, "NotImplemented", assume(arn) + "&Tags.member.1.Key=x", user());
    directory.roleEditor().delete(account, "reader");
    refused(403, "AccessDenied", assume(arn), user());
  }

  @Test
  void anAccountThatIsTrustedPassesItOn() throws IOException {
    String arn =
        directory.roleEditor().create(account, "r", "/", trust("{\"AWS\":\"000000000777\"}")).arn();
    refused(403, "AccessDenied", assume(arn), user());
    directory
        .editor()
        .putPolicy(
            account,
            "u",
            "assume",
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Resource\":\""
                + arn
                + "\"}}");
    assertThat(answer(assume(arn), user())).contains("assumed-role/r/job");
    directory
        .editor()
        .putPolicy(
            account,
            "u",
            "deny",
            "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"sts:*\",\"Resource\":\"*\"}}");
    refused(403, "AccessDenied", assume(arn), user());
  }

  @Test
  void conditionsOfTrustHold() throws IOException {
    String other = io.sluice.model.AccountId.of(FixtureAccounts.OTHER.canonicalId());
    String arn =
        directory
            .roleEditor()
            .create(
                account,
                "r",
                "/",
                trust(
                    "{\"AWS\":\"" + other + "\"}",
                    ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"42\"},"
                        + "\"IpAddress\":{\"aws:SourceIp\":\"127.0.0.1\"}}"))
            .arn();
    refused(403, "AccessDenied", assume(arn), FixtureAccounts.OTHER);
    refused(403, "AccessDenied", assume(arn) + "&ExternalId=43", FixtureAccounts.OTHER);
    assertThat(answer(assume(arn) + "&ExternalId=42", FixtureAccounts.OTHER))
        .contains("<AccessKeyId>ASIA");
  }

  @Test
  void trustIsAboutTakingRolesOnAlone() {
    for (String wrong :
        new String[] {
          "{}",
          trust("\"*\"", ",\"Resource\":\"*\""),
          trust("\"*\"").replace("sts:AssumeRole", "s3:GetObject"),
          trust("\"*\"").replace("\"Action\"", "\"NotAction\""),
          trust("\"*\"").replace("sts:AssumeRole", "*"),
          trust("\"*\"", ",\"Condition\":{\"StringLike\":{\"aws:UserAgent\":\"x\"}}")
        }) {
      assertThatThrownBy(() -> directory.roleEditor().create(account, "r", "/", wrong))
          .as(wrong)
          .isInstanceOf(io.sluice.error.S3Exception.class);
    }
  }
}
