package io.sluice.admin;

import io.sluice.auth.Account;
import io.sluice.auth.Credential;
import io.sluice.auth.Identity;
import io.sluice.auth.Identity.Role;
import io.sluice.auth.member.Member;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.Decision;
import io.sluice.iam.Explanations;
import io.sluice.iam.directory.AccountEntry;
import io.sluice.iam.directory.DirectoryEditor;
import io.sluice.iam.directory.IdentityPolicy;
import io.sluice.iam.directory.User;
import io.sluice.iam.policy.PolicySet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The policies of users, and what they and all others come to. Thread-safe. */
final class UserPolicyAdmin {
  private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};

  private final DirectoryEditor accounts;
  private final Explanations explanations;
  private final JsonMapper json;

  UserPolicyAdmin(DirectoryEditor accounts, Explanations explanations, JsonMapper json) {
    this.accounts = accounts;
    this.explanations = explanations;
    this.json = json;
  }

  /** A policy of a user. */
  record UserPolicyView(String user, String name, Map<String, Object> policy) {}

  /** The names of a user's policies. */
  record UserPolicyNames(String user, List<String> policies) {}

  /**
   * What somebody wants to know.
   *
   * @param principal an access key, the ARN of a user, a role or an account's root, an account, or
   *     {@code anonymous}
   * @param action such as {@code s3:GetObject}
   * @param resource the ARN of a bucket or an object; {@code *} for the service
   * @param context values of condition keys, by name; null for none
   */
  record Question(
      @Nullable String principal,
      @Nullable String action,
      @Nullable String resource,
      @Nullable Map<String, List<String>> context) {}

  /**
   * What would be decided.
   *
   * @param decision {@code allowed}, {@code explicitly_denied} or {@code implicitly_denied}
   * @param reason in words
   * @param policy the policy that decided it; null when none did
   * @param statement the Sid of its statement, or its place
   */
  record Explanation(
      boolean allowed,
      String decision,
      String reason,
      @Nullable String policy,
      @Nullable String statement) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "GET",
            "/accounts/{account}/users/{user}/policies",
            "The names of a user's policies.",
            null,
            UserPolicyNames.class,
            (request, parameters) -> {
              User user = accounts.user(account(parameters), parameters.get(1));
              return new UserPolicyNames(
                  user.member().name(), List.copyOf(user.policies().keySet()));
            }),
        new AdminRoute(
            "GET",
            "/accounts/{account}/users/{user}/policies/{policy}",
            "A policy of a user.",
            null,
            UserPolicyView.class,
            (request, parameters) ->
                view(
                    parameters,
                    accounts.policy(account(parameters), parameters.get(1), parameters.get(2)))),
        new AdminRoute(
            "PUT",
            "/accounts/{account}/users/{user}/policies/{policy}",
            "Gives a user a policy, which is the body, instead of one of the same name.",
            Map.class,
            UserPolicyView.class,
            (request, parameters) ->
                view(
                    parameters,
                    accounts.putPolicy(
                        account(parameters),
                        parameters.get(1),
                        parameters.get(2),
                        new String(request.body(), StandardCharsets.UTF_8)))),
        new AdminRoute(
            "DELETE",
            "/accounts/{account}/users/{user}/policies/{policy}",
            "Takes a policy away from a user.",
            null,
            UserPolicyView.class,
            (request, parameters) ->
                view(
                    parameters,
                    accounts.deletePolicy(
                        account(parameters), parameters.get(1), parameters.get(2)))),
        new AdminRoute(
            "POST",
            "/explain",
            "Tells what would be decided, by which statement and why.",
            Question.class,
            Explanation.class,
            (request, parameters) -> explain(request.read(json, Question.class))));
  }

  private Account account(List<String> parameters) {
    return accounts.account(parameters.get(0)).account();
  }

  private UserPolicyView view(List<String> parameters, IdentityPolicy policy) {
    return new UserPolicyView(
        parameters.get(1), policy.name(), json.readValue(policy.document(), DOCUMENT));
  }

  private Explanation explain(Question question) throws IOException {
    if (question.principal() == null || question.action() == null || question.resource() == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "A question has a principal, an action and a resource.");
    }
    Map<String, List<String>> context = question.context();
    Decision decision =
        explanations.explain(
            identity(question.principal()),
            question.action(),
            question.resource(),
            context == null ? Map.of() : context);
    PolicySet.Source source = decision.source();
    return new Explanation(
        decision.isAllowed(),
        decision.outcome().name().toLowerCase(Locale.ROOT),
        decision.reason(),
        source == null ? null : source.policy(),
        source == null ? null : source.sid());
  }

  /** Who somebody is that is named by a key, an ARN or an account. */
  private Identity identity(String principal) {
    if (principal.equals("anonymous")) {
      return Identity.ANONYMOUS;
    }
    Credential credential = accounts.directory().find(principal).orElse(null);
    if (credential != null) {
      return credential.identity();
    }
    for (AccountEntry entry : accounts.directory().accounts()) {
      Account account = entry.account();
      boolean root =
          principal.equals(entry.accountId())
              || principal.equals(account.canonicalId())
              || principal.equals("arn:aws:iam::" + entry.accountId() + ":root");
      if (root) {
        return new Identity(account.canonicalId(), account.displayName(), "", account.role());
      }
      for (User user : accounts.directory().users(account)) {
        if (user.arn().equals(principal)) {
          return new Identity(
              account.canonicalId(), account.displayName(), "", Role.USER, user.member());
        }
      }
      for (io.sluice.iam.directory.Role role : accounts.directory().roles(account)) {
        if (role.arn().equals(principal)) {
          Member session = new Member.AssumedRole(role.member(), "explain", null);
          return new Identity(account.canonicalId(), account.displayName(), "", Role.USER, session);
        }
      }
    }
    throw S3ErrorCode.NO_SUCH_ENTITY.exception("There is no principal " + principal + ".");
  }
}
