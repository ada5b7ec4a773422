package io.sluice.sts;

import com.fasterxml.jackson.annotation.JsonRootName;

/**
 * The answers of the token service, by the names of their elements. Stateless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html">Actions</a>
 */
final class TokenDocuments {
  private TokenDocuments() {}

  record ResponseMetadata(String requestId) {}

  @JsonRootName("GetCallerIdentityResponse")
  record GetCallerIdentityResponse(
      CallerIdentity getCallerIdentityResult, ResponseMetadata responseMetadata) {}

  record CallerIdentity(String arn, String userId, String account) {}

  @JsonRootName("GetSessionTokenResponse")
  record GetSessionTokenResponse(
      SessionResult getSessionTokenResult, ResponseMetadata responseMetadata) {}

  record SessionResult(Credentials credentials) {}

  @JsonRootName("GetFederationTokenResponse")
  record GetFederationTokenResponse(
      FederationResult getFederationTokenResult, ResponseMetadata responseMetadata) {}

  record FederationResult(
      Credentials credentials, FederatedUser federatedUser, int packedPolicySize) {}

  @JsonRootName("AssumeRoleResponse")
  record AssumeRoleResponse(RoleResult assumeRoleResult, ResponseMetadata responseMetadata) {}

  record RoleResult(
      Credentials credentials, AssumedRoleUser assumedRoleUser, int packedPolicySize) {}

  record AssumedRoleUser(String assumedRoleId, String arn) {}

  record FederatedUser(String federatedUserId, String arn) {}

  /** Keys that live for a while; they never appear in text. */
  record Credentials(
      String accessKeyId, String secretAccessKey, String sessionToken, String expiration) {
    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }

  @JsonRootName("ErrorResponse")
  record ErrorResponse(Fault error, String requestId) {}

  record Fault(String type, String code, String message) {}
}
