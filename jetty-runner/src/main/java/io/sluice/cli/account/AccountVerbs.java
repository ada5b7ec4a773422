package io.sluice.cli.account;

import io.sluice.cli.Group;
import java.util.Map;
import picocli.CommandLine;

/** The verbs about accounts, users, keys and what they may do. Stateless. */
public final class AccountVerbs {
  private AccountVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    Group.add(
        root,
        "account",
        "Accounts, which own buckets.",
        Map.of(
            "ls", new ListAccounts(),
            "create", new CreateAccount(),
            "show", new ShowAccount(),
            "rm", new RemoveAccount()));
    Group.add(
        root,
        "user",
        "Users of accounts, who may do what their policies say.",
        Map.of(
            "ls", new ListUsers(),
            "create", new CreateUser(),
            "show", new ShowUser(),
            "rm", new RemoveUser(),
            "set-policy", new SetUserPolicy(),
            "show-policy", new ShowUserPolicy(),
            "rm-policy", new RemoveUserPolicy()));
    Group.add(
        root,
        "key",
        "Keys of accounts and their users.",
        Map.of(
            "ls", new ListKeys(),
            "create", new CreateKey(),
            "enable", new EnableKey(),
            "disable", new DisableKey(),
            "rm", new RemoveKey()));
    Group.add(
        root,
        "policy",
        "Policies of buckets, in AWS's language.",
        Map.of("explain", new ExplainDecision()));
  }
}
