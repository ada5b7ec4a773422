package io.sluice.iam.directory;

import io.sluice.auth.Credential;
import io.sluice.auth.Identity;
import io.sluice.auth.member.KeyText;
import io.sluice.auth.member.Member;
import io.sluice.error.S3ErrorCode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys that live for a while. Nothing is kept of one but the key under which its token was made; it
 * ends at its time, and before that with the key that asked for it. Thread-safe.
 */
public final class Sessions {
  /** With what ids of such keys begin. */
  private static final String PREFIX = "ASIA";

  private final Directory directory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Sessions(Directory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * A session that was made; its secret and token never appear in text.
   *
   * @param expiresAt when it ends
   */
  public record Session(
      String accessKeyId, String secretAccessKey, String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Session[" + accessKeyId + " until " + expiresAt + "]";
    }
  }

  /**
   * For whom somebody wants a session, or which role they take on.
   *
   * @param name what it calls itself
   * @param policy what it may do at the most, or null for none
   * @param role the role; null for a session for another
   */
  public record Guest(String name, @Nullable String policy, @Nullable Role role) {
    /** Another, for whom somebody wants a session. */
    public Guest(String name, @Nullable String policy) {
      this(name, policy, null);
    }
  }

  /** Whether somebody asks with a session's key, which makes no further ones. */
  public static boolean isSession(Identity identity) {
    return identity.accessKeyId().startsWith(PREFIX);
  }

  /**
   * Makes a session for whoever asks, or for a guest of theirs.
   *
   * @throws IOException when the key of the tokens cannot be kept
   */
  public Session begin(Identity identity, Duration duration, @Nullable Guest guest)
      throws IOException {
    String accessKeyId = KeyText.id(PREFIX, random);
    String secret = KeyText.secret(random);
    Instant expiresAt = clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS);
    SessionToken token =
        new SessionToken(
            secret,
            identity.accessKeyId(),
            identity.member().userId(identity.canonicalId()),
            expiresAt,
            guest == null || guest.role() == null ? null : guest.role().member().id(),
            guest == null ? null : guest.name(),
            guest == null ? null : guest.policy());
    SessionKey key = directory.editor().sessionKey();
    return new Session(accessKeyId, secret, token.seal(accessKeyId, key, random), expiresAt);
  }

  /**
   * The key of a session by its id and token; empty for what cannot be one.
   *
   * @throws io.sluice.error.S3Exception ExpiredToken; InvalidToken
   */
  Optional<Credential> open(String accessKeyId, String token) {
    if (!accessKeyId.startsWith(PREFIX)) {
      return Optional.empty();
    }
    SessionKey key = directory.contents().sessionKey();
    if (key == null) {
      throw S3ErrorCode.INVALID_TOKEN.exception();
    }
    SessionToken session = SessionToken.open(accessKeyId, token, key);
    if (!clock.instant().isBefore(session.expiresAt())) {
      throw S3ErrorCode.EXPIRED_TOKEN.exception();
    }
    return directory
        .find(session.parentKeyId())
        .filter(
            parent ->
                session.parentId().equals(parent.member().userId(parent.account().canonicalId())))
        .flatMap(parent -> credential(accessKeyId, token, session, parent));
  }

  private Optional<Credential> credential(
      String accessKeyId, String token, SessionToken session, Credential parent) {
    String name = session.name();
    if (session.roleId() == null || name == null) {
      Member member =
          name == null
              ? parent.member()
              : new Member.Federated(name, parent.member(), session.policy());
      return Optional.of(
          new Credential(accessKeyId, session.secret(), token, parent.account(), member));
    }
    Role role = directory.role(session.roleId());
    if (role == null) {
      return Optional.empty();
    }
    Member member = new Member.AssumedRole(role.member(), name, session.policy());
    return directory
        .account(role.canonicalId())
        .map(account -> new Credential(accessKeyId, session.secret(), token, account, member));
  }
}
