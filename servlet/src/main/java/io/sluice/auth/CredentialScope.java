package io.sluice.auth;

import io.sluice.error.S3ErrorCode;

/**
 * What a SigV4 signature is good for: {@code date/region/service/aws4_request}. Immutable.
 *
 * @param date day as {@code yyyyMMdd}
 * @param region region, such as {@code us-east-1}
 * @param service service, such as {@code s3}
 */
public record CredentialScope(String date, String region, String service) {
  private static final String TERMINATOR = "aws4_request";
  private static final int PARTS = 4;

  /** A scope with the access key in front of it, as {@code Credential} holds it. */
  record Keyed(String accessKeyId, CredentialScope scope) {}

  /**
   * Parses {@code key/date/region/service/aws4_request}; the key itself may hold slashes.
   *
   * @param code the error to throw for anything else
   */
  static Keyed parse(String credential, S3ErrorCode code) {
    int[] slashes = new int[PARTS];
    int end = credential.length();
    for (int i = PARTS - 1; i >= 0 && end >= 0; i--) {
      end = credential.lastIndexOf('/', end - 1);
      slashes[i] = end;
    }
    if (end < 0) {
      throw code.exception(
          "The Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    String date = credential.substring(slashes[0] + 1, slashes[1]);
    if (!isDate(date)) {
      throw code.exception("The Credential holds an invalid date; expecting \"yyyyMMdd\".");
    }
    if (!credential.substring(slashes[3] + 1).equals(TERMINATOR)) {
      throw code.exception("The Credential does not end with \"aws4_request\".");
    }
    String region = credential.substring(slashes[1] + 1, slashes[2]);
    String service = credential.substring(slashes[2] + 1, slashes[3]);
    return new Keyed(
        credential.substring(0, slashes[0]), new CredentialScope(date, region, service));
  }

  private static boolean isDate(String text) {
    if (text.length() != 8) {
      return false;
    }
    for (int i = 0; i < 8; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks that it is good for a service.
   *
   * @param code the error to throw when it is not
   */
  void require(String expected, S3ErrorCode code) {
    if (!service.equals(expected)) {
      throw code.exception(
          "The Credential names the service \"" + service + "\"; expecting \"" + expected + "\".");
    }
  }

  @Override
  public String toString() {
    return date + '/' + region + '/' + service + '/' + TERMINATOR;
  }
}
