package io.sluice.auth.form;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the signer of a form lets others post. Immutable.
 *
 * @param expiration until when
 * @param conditions what the fields must be
 * @param minBytes the least that the file may hold
 * @param maxBytes the most that the file may hold
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST
 *     policy</a>
 */
public record PostPolicy(
    Instant expiration, List<PolicyCondition> conditions, long minBytes, long maxBytes) {
  private static final String REFUSED = "Invalid according to Policy: ";

  /** Fields that no condition needs to cover. */
  private static final Set<String> EXEMPT =
      Set.of("x-amz-signature", "signature", "awsaccesskeyid", "policy", "file");

  private static final String IGNORED_PREFIX = "x-ignore-";

  /** Copies the list. */
  public PostPolicy {
    conditions = List.copyOf(conditions);
  }

  /**
   * Parses the field {@code policy}: JSON in base64, which may hold line ends.
   *
   * @throws S3Exception InvalidPolicyDocument
   */
  public static PostPolicy parse(String base64) {
    byte[] json;
    try {
      json = Base64.getDecoder().decode(base64.replaceAll("[ \t\r\n]", ""));
    } catch (IllegalArgumentException e) {
      throw S3ErrorCode.INVALID_POLICY_DOCUMENT.exception("Invalid Policy: Invalid Base64.", e);
    }
    return PolicyReader.read(json);
  }

  /**
   * Checks a form, but for the length of its file.
   *
   * @param fields the fields with all variables expanded, names in lower case
   * @param bucket the bucket that the form is posted to, whatever it says itself
   * @throws S3Exception AccessDenied when the policy is over, a condition does not hold, or a field
   *     is there that no condition is about
   */
  public void check(Map<String, String> fields, String bucket, Instant now) {
    if (!now.isBefore(expiration)) {
      throw refused("Policy expired.");
    }
    Set<String> uncovered = new TreeSet<>(fields.keySet());
    uncovered.removeIf(name -> EXEMPT.contains(name) || name.startsWith(IGNORED_PREFIX));
    for (PolicyCondition condition : conditions) {
      String field = condition.field();
      if (!condition.holds(field.equals("bucket") ? bucket : fields.get(field))) {
        throw refused("Policy Condition failed: " + condition);
      }
      uncovered.remove(field);
    }
    if (!uncovered.isEmpty()) {
      throw refused("Extra input fields: " + String.join(", ", uncovered));
    }
  }

  private static S3Exception refused(String why) {
    return S3ErrorCode.ACCESS_DENIED.exception(REFUSED + why);
  }
}
