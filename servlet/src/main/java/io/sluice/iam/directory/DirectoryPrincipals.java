package io.sluice.iam.directory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.sluice.auth.Identity;
import io.sluice.auth.member.Member;
import io.sluice.iam.Principals;
import io.sluice.iam.policy.Policy;
import io.sluice.iam.policy.PolicySet;
import io.sluice.iam.policy.PrincipalPattern;
import io.sluice.iam.policy.Requester;
import io.sluice.model.AccountId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What policies know of the accounts and users of a directory. Thread-safe. */
public final class DirectoryPrincipals implements Principals {
  /** Policies of sessions, of 2048 characters at the most. */
  private static final int MAX_CACHED = 1_000;

  private static final PolicySet.Named EVERYTHING =
      new PolicySet.Named(
          "account",
          Policy.ofIdentity(
              "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"
                  .getBytes(StandardCharsets.UTF_8)));

  /** Of a session that was given no policy: it may do nothing. */
  private static final Policy NOTHING = new Policy(List.of());

  private final Directory directory;
  private final Cache<String, Policy> sessions =
      CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();

  /** The principals of a directory. */
  public DirectoryPrincipals(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Requester requester(Identity identity) {
    if (identity.isAnonymous()) {
      return Requester.ANONYMOUS;
    }
    String canonicalId = identity.canonicalId();
    Member member = identity.member();
    String accountId = AccountId.of(canonicalId);
    if (member instanceof Member.Root) {
      return Requester.ofAccount(accountId, canonicalId);
    }
    return new Requester(
        kind(member),
        accountId,
        canonicalId,
        member.arn(canonicalId),
        member instanceof Member.User user ? user.name() : null,
        member.userId(canonicalId),
        member instanceof Member.AssumedRole assumed ? assumed.role().arn(canonicalId) : null);
  }

  private static Requester.Kind kind(Member member) {
    if (member instanceof Member.AssumedRole) {
      return Requester.Kind.ASSUMED_ROLE;
    }
    return member instanceof Member.User ? Requester.Kind.USER : Requester.Kind.FEDERATED_USER;
  }

  @Override
  public PolicySet policies(Identity identity) {
    Member member = identity.member();
    if (member instanceof Member.Root) {
      return PolicySet.EMPTY;
    }
    if (member instanceof Member.AssumedRole assumed) {
      String policy = assumed.policy();
      return new PolicySet(policies(assumed.role()), policy == null ? null : session(policy), null);
    }
    Member.User user = member.user();
    List<PolicySet.Named> policies = user == null ? List.of(EVERYTHING) : policies(user);
    if (!(member instanceof Member.Federated federated)) {
      return new PolicySet(policies, null, null);
    }
    String policy = federated.policy();
    return new PolicySet(policies, policy == null ? NOTHING : session(policy), null);
  }

  private List<PolicySet.Named> policies(Member.User member) {
    User user = directory.user(member.id());
    if (user == null) {
      return List.of();
    }
    return named(user.policies(), " of user " + member.name());
  }

  private List<PolicySet.Named> policies(Member.Role member) {
    Role role = directory.role(member.id());
    return role == null ? List.of() : named(role.policies(), " of role " + member.name());
  }

  private static List<PolicySet.Named> named(Map<String, IdentityPolicy> policies, String whose) {
    return policies.values().stream()
        .map(policy -> new PolicySet.Named("policy " + policy.name() + whose, policy.policy()))
        .toList();
  }

  private Policy session(String document) {
    Policy known = sessions.getIfPresent(document);
    if (known == null) {
      known = Policy.ofIdentity(document.getBytes(StandardCharsets.UTF_8));
      sessions.put(document, known);
    }
    return known;
  }

  @Override
  public boolean exists(PrincipalPattern principal) {
    if (principal instanceof PrincipalPattern.Account account) {
      return accountOf(account.accountId()) != null;
    }
    if (principal instanceof PrincipalPattern.CanonicalUser user) {
      return directory.account(user.canonicalId()).isPresent();
    }
    if (principal instanceof PrincipalPattern.Arn named) {
      AccountEntry account = accountOf(named.accountId());
      return account != null
          && (named.arn().startsWith("arn:aws:sts:")
              || directory.roleNamed(named.arn()).isPresent()
              || directory.users(account.account()).stream()
                  .anyMatch(user -> user.arn().equals(named.arn())));
    }
    return true;
  }

  private @Nullable AccountEntry accountOf(String accountId) {
    return directory.accounts().stream()
        .filter(entry -> entry.accountId().equals(accountId))
        .findFirst()
        .orElse(null);
  }
}
