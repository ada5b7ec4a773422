package io.sluice.iam.directory;

import io.sluice.auth.Account;
import io.sluice.auth.member.KeyText;
import io.sluice.auth.member.Member;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Changes the roles of a directory, under the lock of its other editor. Thread-safe. */
public final class RoleEditor {
  private final DirectoryEditor editor;
  private final Directory directory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RoleEditor(DirectoryEditor editor, Clock clock) {
    this.editor = editor;
    this.directory = editor.directory();
    this.clock = clock;
  }

  /**
   * The role of an account with a name.
   *
   * @throws S3Exception NoSuchEntity
   */
  public Role role(Account account, String name) {
    return directory.roles(account).stream()
        .filter(role -> role.member().name().equals(name))
        .findFirst()
        .orElseThrow(() -> DirectoryEditor.missing("role", name));
  }

  /**
   * Makes a role, which may do nothing yet.
   *
   * @param path begins and ends with a slash
   * @param trust document of the policy that says who may take it on
   * @throws S3Exception InvalidArgument; MalformedPolicy; EntityAlreadyExists; NoSuchEntity
   */
  public Role create(Account account, String name, String path, String trust) throws IOException {
    DirectoryEditor.requireName(name, path);
    Role.Trust trusted = Role.Trust.of(trust);
    synchronized (editor) {
      editor.account(account.canonicalId());
      if (directory.roles(account).stream()
          .anyMatch(role -> role.isNamed(account.canonicalId(), name))) {
        throw S3ErrorCode.ENTITY_ALREADY_EXISTS.exception("There is a role " + name + " already.");
      }
      Role role =
          new Role(
              account.canonicalId(),
              new Member.Role(name, path, KeyText.id("AROA", random)),
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              trusted,
              Map.of());
      directory.replace(directory.contents().with(role));
      return role;
    }
  }

  /**
   * Says anew who may take a role on; its sessions live on.
   *
   * @throws S3Exception MalformedPolicy; NoSuchEntity
   */
  public Role setTrust(Account account, String name, String trust) throws IOException {
    Role.Trust trusted = Role.Trust.of(trust);
    synchronized (editor) {
      Role changed = role(account, name).with(trusted);
      directory.replace(directory.contents().with(changed));
      return changed;
    }
  }

  /**
   * Removes a role with its policies; its sessions end.
   *
   * @throws S3Exception NoSuchEntity
   */
  public Role delete(Account account, String name) throws IOException {
    synchronized (editor) {
      Role role = role(account, name);
      directory.replace(directory.contents().withoutRole(role.member().id()));
      return role;
    }
  }

  /**
   * A policy of a role.
   *
   * @throws S3Exception NoSuchEntity
   */
  public IdentityPolicy policy(Account account, String name, String policyName) {
    IdentityPolicy policy = role(account, name).policies().get(policyName);
    if (policy == null) {
      throw DirectoryEditor.missing("policy", policyName);
    }
    return policy;
  }

  /**
   * Gives a role a policy, instead of one of the same name; it holds for its sessions at once.
   *
   * @throws S3Exception InvalidArgument; MalformedPolicy; LimitExceeded; NoSuchEntity
   */
  public IdentityPolicy putPolicy(Account account, String name, String policyName, String document)
      throws IOException {
    DirectoryEditor.requirePolicyName(policyName);
    IdentityPolicy policy = IdentityPolicy.of(policyName, document);
    synchronized (editor) {
      Role changed = role(account, name).with(policy);
      DirectoryEditor.requireFewer(changed.policies().size());
      directory.replace(directory.contents().with(changed));
      return policy;
    }
  }

  /**
   * Takes a policy away from a role.
   *
   * @throws S3Exception NoSuchEntity
   */
  public IdentityPolicy deletePolicy(Account account, String name, String policyName)
      throws IOException {
    synchronized (editor) {
      IdentityPolicy policy = policy(account, name, policyName);
      directory.replace(directory.contents().with(role(account, name).without(policyName)));
      return policy;
    }
  }
}
