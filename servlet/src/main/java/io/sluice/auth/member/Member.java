package io.sluice.auth.member;

import io.sluice.model.AccountId;
import org.jspecify.annotations.Nullable;

/** Who of an account somebody is. Immutable. */
public sealed interface Member {
  /** The account itself, which may do everything that the account may. */
  record Root() implements Member {}

  /**
   * A user of the account, who may do what policies say.
   *
   * @param name unique in the account
   * @param path begins and ends with a slash
   * @param id unique for ever: another user of the same name has another
   */
  record User(String name, String path, String id) implements Member {}

  /**
   * A session that somebody got for another, who may do what both may.
   *
   * @param name what the session calls itself
   * @param by who got it
   * @param policy what the session may do at the most; null for nothing but what is granted to it
   */
  record Federated(String name, Member by, @Nullable String policy) implements Member {}

  /**
   * A role of an account.
   *
   * @param name unique in the account
   * @param path begins and ends with a slash
   * @param id unique for ever
   */
  record Role(String name, String path, String id) {
    /** The ARN, such as {@code arn:aws:iam::123456789012:role/Reader}. */
    public String arn(String canonicalId) {
      return "arn:aws:iam::" + AccountId.of(canonicalId) + ":role" + path + name;
    }
  }

  /**
   * A session of somebody who took a role on.
   *
   * @param role whose policies count
   * @param name what the session calls itself
   * @param policy what the session may do at the most; null for all that the role may
   */
  record AssumedRole(Role role, String name, @Nullable String policy) implements Member {}

  /** The user whose policies count; null for the account itself, and for roles. */
  default @Nullable User user() {
    if (this instanceof Federated federated) {
      return federated.by().user();
    }
    return this instanceof User user ? user : null;
  }

  /** The ARN, such as {@code arn:aws:iam::123456789012:user/Ada}. */
  default String arn(String canonicalId) {
    String account = AccountId.of(canonicalId);
    if (this instanceof User user) {
      return "arn:aws:iam::" + account + ":user" + user.path() + user.name();
    }
    if (this instanceof AssumedRole assumed) {
      String session = assumed.role().name() + "/" + assumed.name();
      return "arn:aws:sts::" + account + ":assumed-role/" + session;
    }
    return this instanceof Federated federated
        ? "arn:aws:sts::" + account + ":federated-user/" + federated.name()
        : "arn:aws:iam::" + account + ":root";
  }

  /** What {@code aws:userid} is. */
  default String userId(String canonicalId) {
    String account = AccountId.of(canonicalId);
    if (this instanceof User user) {
      return user.id();
    }
    if (this instanceof AssumedRole assumed) {
      return assumed.role().id() + ":" + assumed.name();
    }
    return this instanceof Federated federated ? account + ":" + federated.name() : account;
  }
}
