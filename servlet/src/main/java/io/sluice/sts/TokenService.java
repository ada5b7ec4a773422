package io.sluice.sts;

import io.sluice.auth.Identity;
import io.sluice.auth.member.Member;
import io.sluice.error.S3Exception;
import io.sluice.iam.Principals;
import io.sluice.iam.directory.Directory;
import io.sluice.iam.directory.Role;
import io.sluice.iam.directory.Sessions;
import io.sluice.iam.policy.Policy;
import io.sluice.model.AccountId;
import io.sluice.protocol.Origin;
import io.sluice.uri.QueryString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GetCallerIdentity, GetSessionToken, GetFederationToken and AssumeRole. What needs
 * identity providers or devices is refused by name. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">Security Token
 *     Service</a>
 */
public final class TokenService {
  /** The service's name in signatures. */
  public static final String NAME = "sts";

  private static final Logger AUDIT = LoggerFactory.getLogger("sluice.audit");
  private static final String VERSION = "2011-06-15";
  private static final Set<String> NOT_BUILT =
      Set.of(
          "AssumeRoleWithSAML",
          "AssumeRoleWithWebIdentity",
          "AssumeRoot",
          "DecodeAuthorizationMessage",
          "GetAccessKeyInfo",
          "GetDelegatedAccessToken",
          "GetWebIdentityToken");

  // AWS: how long sessions of users, and of an account's root, may live.
  private static final int MIN_SECONDS = 900;
  private static final int MAX_SECONDS = 129_600;
  private static final int MAX_ROOT_SECONDS = 3_600;
  private static final int DEFAULT_SECONDS = 43_200;

  private static final int DEFAULT_ROLE_SECONDS = 3_600;
  private static final int MAX_ROLE_SECONDS = 43_200;

  private static final Pattern ROLE_SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern GUEST_NAME = Pattern.compile("[\\w+=,.@-]{2,32}");

  /** AWS: the most characters of a session's policy. */
  private static final int MAX_POLICY = 2_048;

  private final Sessions sessions;
  private final TokenPermissions permissions;

  /** A service that makes sessions for those of a directory. */
  public TokenService(Directory directory, Principals principals, Clock clock) {
    this.sessions = directory.sessions();
    this.permissions = new TokenPermissions(directory, principals, clock);
  }

  /**
   * Who asks, and from where.
   *
   * @param identity nobody in particular when nobody signed
   */
  public record Caller(Identity identity, Origin origin) {}

  /**
   * Answers a form.
   *
   * @return the document
   * @throws TokenRefusal when it does not
   */
  public Object answer(QueryString form, Caller caller, String requestId) throws IOException {
    Identity identity = caller.identity();
    String action = required(form, "Action");
    if (NOT_BUILT.contains(action)) {
      throw new TokenRefusal(501, "NotImplemented", action + " is not implemented here.");
    }
    if (!VERSION.equals(form.get("Version"))) {
      throw invalidAction(action, form.nonEmpty("Version").orElse(""));
    }
    if (identity.isAnonymous()) {
      throw new TokenRefusal(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    TokenDocuments.ResponseMetadata metadata = new TokenDocuments.ResponseMetadata(requestId);
    return switch (action) {
      case "GetCallerIdentity" ->
          new TokenDocuments.GetCallerIdentityResponse(caller(identity), metadata);
      case "GetSessionToken" ->
          new TokenDocuments.GetSessionTokenResponse(session(form, identity), metadata);
      case "GetFederationToken" ->
          new TokenDocuments.GetFederationTokenResponse(federation(form, caller), metadata);
      case "AssumeRole" ->
          new TokenDocuments.AssumeRoleResponse(assumeRole(form, caller), metadata);
      default -> throw invalidAction(action, VERSION);
    };
  }

  private static TokenDocuments.CallerIdentity caller(Identity identity) {
    String canonicalId = identity.canonicalId();
    Member member = identity.member();
    return new TokenDocuments.CallerIdentity(
        member.arn(canonicalId), member.userId(canonicalId), AccountId.of(canonicalId));
  }

  private TokenDocuments.SessionResult session(QueryString form, Identity identity)
      throws IOException {
    refuseSessions("GetSessionToken", identity);
    refuseParameters(form, "SerialNumber", "TokenCode");
    Sessions.Session session = sessions.begin(identity, duration(form, identity), null);
    AUDIT.info(
        "{} GetSessionToken {} until {}",
        identity.accessKeyId(),
        session.accessKeyId(),
        session.expiresAt());
    return new TokenDocuments.SessionResult(credentials(session));
  }

  private TokenDocuments.FederationResult federation(QueryString form, Caller caller)
      throws IOException {
    Identity identity = caller.identity();
    refuseSessions("GetFederationToken", identity);
    refuseParameters(form, "PolicyArns.", "Tags.");
    String name = required(form, "Name");
    if (!GUEST_NAME.matcher(name).matches()) {
      throw invalid("Name", "must have 2 to 32 characters of [\\w+=,.@-]");
    }
    String policy = form.nonEmpty("Policy").orElse(null);
    checkPolicy(policy);
    Duration duration = duration(form, identity);
    Member guest = new Member.Federated(name, identity.member(), policy);
    permissions.requireFederation(caller, guest.arn(identity.canonicalId()));
    Sessions.Session session = sessions.begin(identity, duration, new Sessions.Guest(name, policy));
    AUDIT.info(
        "{} GetFederationToken {} until {}",
        identity.accessKeyId(),
        session.accessKeyId(),
        session.expiresAt());
    return new TokenDocuments.FederationResult(
        credentials(session),
        new TokenDocuments.FederatedUser(
            guest.userId(identity.canonicalId()), guest.arn(identity.canonicalId())),
        packed(policy));
  }

  private static void checkPolicy(@Nullable String policy) {
    if (policy == null) {
      return;
    }
    if (policy.length() > MAX_POLICY) {
      throw invalid("Policy", "must have " + MAX_POLICY + " characters at the most");
    }
    try {
      Policy.ofIdentity(policy.getBytes(StandardCharsets.UTF_8));
    } catch (S3Exception e) {
      throw TokenRefusal.of(e);
    }
  }

  private TokenDocuments.RoleResult assumeRole(QueryString form, Caller caller) throws IOException {
    Identity identity = caller.identity();
    refuseSessions("AssumeRole", identity);
    refuseParameters(
        form,
        "PolicyArns.",
        "Tags.",
        "TransitiveTagKeys.",
        "ProvidedContexts.",
        "SerialNumber",
        "TokenCode",
        "SourceIdentity");
    String arn = required(form, "RoleArn");
    String name = required(form, "RoleSessionName");
    if (!ROLE_SESSION_NAME.matcher(name).matches()) {
      throw invalid("RoleSessionName", "must have 2 to 64 characters of [\\w+=,.@-]");
    }
    String policy = form.nonEmpty("Policy").orElse(null);
    checkPolicy(policy);
    Duration duration = Duration.ofSeconds(seconds(form, DEFAULT_ROLE_SECONDS, MAX_ROLE_SECONDS));
    Role role =
        permissions.requireRole(
            caller, arn, new TokenKeys.RoleSession(name, form.nonEmpty("ExternalId").orElse(null)));
    Sessions.Session session =
        sessions.begin(identity, duration, new Sessions.Guest(name, policy, role));
    AUDIT.info(
        "{} AssumeRole {} {} until {}",
        identity.accessKeyId(),
        role.arn(),
        session.accessKeyId(),
        session.expiresAt());
    Member assumed = new Member.AssumedRole(role.member(), name, policy);
    return new TokenDocuments.RoleResult(
        credentials(session),
        new TokenDocuments.AssumedRoleUser(
            assumed.userId(role.canonicalId()), assumed.arn(role.canonicalId())),
        packed(policy));
  }

  /** How much of the room for a policy is taken, in percent. */
  private static int packed(@Nullable String policy) {
    return policy == null ? 0 : Math.max(1, policy.length() * 100 / MAX_POLICY);
  }

  private static void refuseSessions(String action, Identity identity) {
    if (Sessions.isSession(identity)) {
      throw new TokenRefusal(
          403, "AccessDenied", "Cannot call " + action + " with session credentials");
    }
  }

  private static void refuseParameters(QueryString form, String... names) {
    for (QueryString.Parameter parameter : form.parameters()) {
      for (String name : names) {
        boolean named =
            name.endsWith(".") ? parameter.name().startsWith(name) : parameter.name().equals(name);
        if (named) {
          throw new TokenRefusal(
              501,
              "NotImplemented",
              "The parameter " + parameter.name() + " is not implemented here.");
        }
      }
    }
  }

  private static Duration duration(QueryString form, Identity identity) {
    int most = identity.member() instanceof Member.Root ? MAX_ROOT_SECONDS : MAX_SECONDS;
    // As on AWS, an account's root gets an hour when it asks for more.
    return Duration.ofSeconds(Math.min(seconds(form, DEFAULT_SECONDS, MAX_SECONDS), most));
  }

  private static int seconds(QueryString form, int whenUnsaid, int most) {
    String text = form.nonEmpty("DurationSeconds").orElse(null);
    if (text == null) {
      return whenUnsaid;
    }
    int seconds = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
    if (seconds < MIN_SECONDS || seconds > most) {
      throw invalid("DurationSeconds", "must be from " + MIN_SECONDS + " to " + most);
    }
    return seconds;
  }

  private static TokenDocuments.Credentials credentials(Sessions.Session session) {
    return new TokenDocuments.Credentials(
        session.accessKeyId(),
        session.secretAccessKey(),
        session.token(),
        session.expiresAt().toString());
  }

  private static String required(QueryString form, String name) {
    return form.nonEmpty(name)
        .orElseThrow(
            () ->
                name.equals("Action")
                    ? new TokenRefusal(400, "MissingAction", "The request has no Action.")
                    : invalid(name, "must not be empty"));
  }

  private static TokenRefusal invalid(String name, String what) {
    return new TokenRefusal(400, "ValidationError", name + " " + what + ".");
  }

  private static TokenRefusal invalidAction(String action, String version) {
    return new TokenRefusal(
        400, "InvalidAction", "Could not find operation " + action + " for version " + version);
  }
}
