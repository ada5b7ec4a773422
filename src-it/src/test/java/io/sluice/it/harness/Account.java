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

  /** The credentials file that makes both known. */
  static String credentialsFile() {
    return section("tester", TESTER, "admin") + section("other", OTHER, "user");
  }

  private static String section(String name, Account account, String role) {
    return "[%s]%naws_access_key_id = %s%naws_secret_access_key = %s%nrole = %s%n%n"
        .formatted(name, account.accessKey(), account.secretKey(), role);
  }
}
