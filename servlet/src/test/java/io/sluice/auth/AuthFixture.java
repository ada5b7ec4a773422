package io.sluice.auth;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.auth.Identity.Role;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What the tests of authentication share: the account of AWS's examples, and how they fail. */
final class AuthFixture {
  static final Account ACCOUNT =
      new Account("example", Account.canonicalIdOf("example"), "Example", null, Role.USER);

  private AuthFixture() {}

  /** Every form accepted, any region. */
  static AuthSettings settings() {
    return new AuthSettings(
        AuthSettings.Mode.SIGV4, null, true, true, AuthSettings.DEFAULT_MAX_SKEW, List.of());
  }

  static AuthSettings inRegion(@Nullable String region) {
    return new AuthSettings(
        AuthSettings.Mode.SIGV4, region, true, true, Duration.ofMinutes(15), List.of());
  }

  static CredentialStore credentials(@Nullable String token) {
    Credential credential =
        new Credential(TestClient.ACCESS_KEY, TestClient.SECRET, token, ACCOUNT);
    return new CredentialStore() {
      @Override
      public Optional<Credential> find(String accessKeyId) {
        return accessKeyId.equals(TestClient.ACCESS_KEY)
            ? Optional.of(credential)
            : Optional.empty();
      }

      @Override
      public List<Credential> all() {
        return List.of(credential);
      }
    };
  }

  static Authenticator at(Instant now) {
    return new Authenticator(settings(), credentials(null), Clock.fixed(now, ZoneOffset.UTC));
  }

  static Authenticator authenticator(AuthSettings settings) {
    return new Authenticator(
        settings, credentials(null), Clock.fixed(TestClient.NOW, ZoneOffset.UTC));
  }

  /** Fails with this code; the rest of the error is returned to be looked at. */
  static S3Exception assertFails(S3ErrorCode code, ThrowingCallable call) {
    S3Exception failure = catchThrowableOfType(S3Exception.class, call);
    AbstractStringAssert<?> description =
        Assertions.assertThat(failure == null ? "success" : failure.code() + "");
    description.isEqualTo(code.toString());
    return failure;
  }
}
