package io.sluice.it.harness;

/**
 * A key pair that the server under test knows. Immutable.
 *
 * @param accessKey the public half
 * @param secretKey the secret half
 */
public record Account(String accessKey, String secretKey) {

  /** The account that most tests use; an administrator of the servers that the harness starts. */
  public static final Account TESTER =
      new Account(
          System.getProperty("it.access-key", "SLUICEITTESTER000001"),
          System.getProperty("it.secret-key", "it/tester+secret/0000000000000000000001"));

  /** A second account, an ordinary user. */
  public static final Account OTHER =
      new Account("SLUICEITOTHER0000002", "it/other+secret/00000000000000000000002");

  /** A third account, an ordinary user too. */
  public static final Account THIRD =
      new Account("SLUICEITTHIRD0000003", "it/third+secret/00000000000000000000003");

  /** The credentials file that makes all known; each has an e-mail address at example.com. */
  static String credentialsFile() {
    return section("tester", TESTER, "admin")
        + section("other", OTHER, "user")
        + section("third", THIRD, "user");
  }

  private static String section(String name, Account account, String role) {
    return "[%s]%naws_access_key_id = %s%naws_secret_access_key = %s%nrole = %s%nemail = %s%n%n"
        .formatted(name, account.accessKey(), account.secretKey(), role, name + "@example.com");
  }
}
