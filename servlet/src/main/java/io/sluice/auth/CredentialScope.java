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
    String[] parts = credential.split("/", -1);
    int first = parts.length - PARTS;
    if (first < 1) {
      throw code.exception(
          "The Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    String date = parts[first];
    if (date.length() != 8 || !date.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw code.exception("The Credential holds an invalid date; expecting \"yyyyMMdd\".");
    }
    if (!parts[first + 3].equals(TERMINATOR)) {
      throw code.exception("The Credential does not end with \"aws4_request\".");
    }
    String service = parts[first + 2];
    int keyEnd = credential.length();
    for (int i = 0; i < PARTS; i++) {
      keyEnd = credential.lastIndexOf('/', keyEnd - 1);
    }
    return new Keyed(
        credential.substring(0, keyEnd), new CredentialScope(date, parts[first + 1], service));
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
