package io.sluice.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3Exception;
import io.sluice.iam.directory.Directory;
import io.sluice.iam.directory.DirectoryPrincipals;
import io.sluice.operation.FixtureAccounts;
import io.sluice.protocol.Origin;
import io.sluice.uri.QueryString;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever form or token comes: an answer, or the client's error. */
class TokenFuzzTest {
  private final Directory directory = Directory.inMemory(new FixtureAccounts());
  private final TokenService service =
      new TokenService(directory, new DirectoryPrincipals(directory), Clock.systemUTC());

  @Provide
  Arbitrary<String> forms() {
    Arbitrary<String> names =
        Arbitraries.of(
            "Action",
            "Version",
            "DurationSeconds",
            "Name",
            "Policy",
            "SerialNumber",
            "Tags.1",
            "RoleArn",
            "RoleSessionName",
            "x");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "GetCallerIdentity",
                "GetSessionToken",
                "GetFederationToken",
                "AssumeRole",
                "2011-06-15",
                "900",
                "guest",
                "{}",
                "%7B%22Statement%22%3A%5B%5D%7D",
                "%7B%22Statement%22%3A%5B%5B%5B",
                "%00",
                "%"),
            Arbitraries.strings().ascii().ofMaxLength(20));
    return names
        .flatMap(name -> values.map(value -> Tuple.of(name, value)))
        .list()
        .ofMaxSize(6)
        .map(
            pairs ->
                pairs.stream()
                    .map(pair -> pair.get1() + "=" + pair.get2())
                    .collect(Collectors.joining("&")));
  }

  @Property(tries = 3000)
  void formsAreAnsweredOrRefused(@ForAll("forms") String form) throws IOException {
    for (String more : List.of("", "&Version=2011-06-15")) {
      for (Identity identity : List.of(FixtureAccounts.OTHER, Identity.ANONYMOUS)) {
        try {
          assertThat(
                  service.answer(
                      QueryString.parse(form + more),
                      new TokenService.Caller(identity, Origin.LOCAL),
                      "R"))
              .isNotNull();
        } catch (TokenRefusal e) {
          assertThat(e.status()).isIn(400, 403, 501);
        } catch (S3Exception e) {
          assertThat(TokenRefusal.of(e).status()).isEqualTo(400);
        }
      }
    }
  }

  @Property(tries = 3000)
  void tokensOpenNothingOrAreRefused(@ForAll String token) throws IOException {
    directory.sessions().begin(FixtureAccounts.OTHER, java.time.Duration.ofHours(1), null);
    try {
      assertThat(directory.find("ASIAAAAAAAAAAAAAAAAA", token)).isEmpty();
    } catch (S3Exception e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }
}
