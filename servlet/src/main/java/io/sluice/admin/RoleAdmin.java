package io.sluice.admin;

import io.sluice.auth.Account;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.directory.DirectoryEditor;
import io.sluice.iam.directory.IdentityPolicy;
import io.sluice.iam.directory.Role;
import io.sluice.iam.directory.RoleEditor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The roles of accounts, who may take them on, and what they may do. Thread-safe. */
final class RoleAdmin {
  private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};

  private final DirectoryEditor accounts;
  private final RoleEditor roles;
  private final JsonMapper json;

  RoleAdmin(DirectoryEditor accounts, JsonMapper json) {
    this.accounts = accounts;
    this.roles = accounts.directory().roleEditor();
    this.json = json;
  }

  /**
   * A role.
   *
   * @param trust the policy that says who may take it on
   */
  record RoleDetails(
      String name,
      String path,
      String id,
      String arn,
      Instant createdAt,
      Map<String, Object> trust,
      List<String> policies) {}

  /** Roles. */
  record RoleList(List<RoleDetails> roles) {}

  /**
   * A role to be made; the path is a slash when it is null.
   *
   * @param trust the policy that says who may take it on, as text
   */
  record RoleInput(@Nullable String name, @Nullable String path, @Nullable String trust) {}

  /** A policy of a role. */
  record RolePolicyView(String role, String name, Map<String, Object> policy) {}

  List<AdminRoute> routes() {
    List<AdminRoute> all = new ArrayList<>(ofRoles());
    all.addAll(ofPolicies());
    return all;
  }

  private List<AdminRoute> ofRoles() {
    return List.of(
        new AdminRoute(
            "GET",
            "/accounts/{account}/roles",
            "The roles of an account.",
            null,
            RoleList.class,
            (request, parameters) ->
                new RoleList(
                    accounts.directory().roles(account(parameters)).stream()
                        .map(this::details)
                        .toList())),
        new AdminRoute(
            "POST",
            "/accounts/{account}/roles",
            "Makes a role, which may do nothing yet.",
            RoleInput.class,
            RoleDetails.class,
            (request, parameters) ->
                create(account(parameters), request.read(json, RoleInput.class))),
        new AdminRoute(
            "GET",
            "/accounts/{account}/roles/{role}",
            "A role.",
            null,
            RoleDetails.class,
            (request, parameters) -> details(roles.role(account(parameters), parameters.get(1)))),
        new AdminRoute(
            "PUT",
            "/accounts/{account}/roles/{role}/trust",
            "Says anew, by a policy that is the body, who may take a role on.",
            Map.class,
            RoleDetails.class,
            (request, parameters) ->
                details(roles.setTrust(account(parameters), parameters.get(1), text(request)))),
        new AdminRoute(
            "DELETE",
            "/accounts/{account}/roles/{role}",
            "Removes a role with its policies; its sessions end.",
            null,
            RoleDetails.class,
            (request, parameters) ->
                details(roles.delete(account(parameters), parameters.get(1)))));
  }

  private List<AdminRoute> ofPolicies() {
    String path = "/accounts/{account}/roles/{role}/policies/{policy}";
    return List.of(
        new AdminRoute(
            "GET",
            path,
            "A policy of a role.",
            null,
            RolePolicyView.class,
            (request, parameters) ->
                view(
                    parameters,
                    roles.policy(account(parameters), parameters.get(1), parameters.get(2)))),
        new AdminRoute(
            "PUT",
            path,
            "Gives a role a policy, which is the body, instead of one of the same name.",
            Map.class,
            RolePolicyView.class,
            (request, parameters) ->
                view(
                    parameters,
                    roles.putPolicy(
                        account(parameters), parameters.get(1), parameters.get(2), text(request)))),
        new AdminRoute(
            "DELETE",
            path,
            "Takes a policy away from a role.",
            null,
            RolePolicyView.class,
            (request, parameters) ->
                view(
                    parameters,
                    roles.deletePolicy(
                        account(parameters), parameters.get(1), parameters.get(2)))));
  }

  private Account account(List<String> parameters) {
    return accounts.account(parameters.get(0)).account();
  }

  private static String text(AdminRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private RoleDetails details(Role role) {
    return new RoleDetails(
        role.member().name(),
        role.member().path(),
        role.member().id(),
        role.arn(),
        role.createdAt(),
        json.readValue(role.trust().document(), DOCUMENT),
        List.copyOf(role.policies().keySet()));
  }

  private RoleDetails create(Account account, RoleInput input) throws IOException {
    if (input.name() == null || input.trust() == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception("A role has a name, and a policy of trust.");
    }
    String path = input.path() == null ? "/" : input.path();
    return details(roles.create(account, input.name(), path, input.trust()));
  }

  private RolePolicyView view(List<String> parameters, IdentityPolicy policy) {
    return new RolePolicyView(
        parameters.get(1), policy.name(), json.readValue(policy.document(), DOCUMENT));
  }
}
