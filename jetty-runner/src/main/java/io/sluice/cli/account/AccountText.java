package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How accounts, users, keys and decisions are shown to people. Stateless. */
public final class AccountText {
  private AccountText() {}

  /** Says what was done. */
  public static ExitCode done(Session session, JsonNode answer, String line) {
    if (session.json()) {
      return session.print(answer);
    }
    session.out().println(line);
    return ExitCode.DONE;
  }

  static ExitCode printAccounts(Session session, JsonNode answer) {
    Table table = new Table("ACCOUNT", "NAME", "ROLE", "SOURCE", "CANONICAL ID");
    for (JsonNode account : answer.path("accounts")) {
      table.row(
          text(account, "id"),
          text(account, "displayName"),
          text(account, "role"),
          text(account, "source"),
          text(account, "canonicalId"));
    }
    return print(session, table);
  }

  static ExitCode printAccount(Session session, JsonNode account) {
    return properties(
        session,
        account,
        List.of("id", "canonicalId", "displayName", "email", "role", "source", "createdAt"));
  }

  static ExitCode printUsers(Session session, JsonNode answer) {
    Table table = new Table("USER", "ARN", "POLICIES");
    for (JsonNode user : answer.path("users")) {
      table.row(text(user, "name"), text(user, "arn"), policies(user));
    }
    return print(session, table);
  }

  static ExitCode printUser(Session session, JsonNode user) {
    Table table = new Table("PROPERTY", "VALUE");
    for (String name : List.of("name", "path", "id", "arn", "createdAt")) {
      table.row(name, text(user, name));
    }
    return print(session, table.row("policies", policies(user)));
  }

  /** The text of a policy: of a file, or of the standard input. */
  public static String document(String file) throws IOException {
    return file.equals("-")
        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(file));
  }

  static ExitCode printKeys(Session session, JsonNode answer) {
    Table table = new Table("KEY", "USER", "STATUS", "SOURCE", "CREATED");
    for (JsonNode key : answer.path("keys")) {
      table.row(
          text(key, "accessKeyId"),
          text(key, "user"),
          text(key, "status"),
          text(key, "source"),
          text(key, "createdAt"));
    }
    return print(session, table);
  }

  static ExitCode printKey(Session session, JsonNode key) {
    List<String> names = new ArrayList<>(List.of("accessKeyId"));
    if (key.has("secretAccessKey")) {
      names.add("secretAccessKey");
    }
    names.addAll(List.of("account", "user", "status", "source", "createdAt"));
    return properties(session, key, names);
  }

  static ExitCode printExplanation(Session session, JsonNode answer) {
    return properties(session, answer, List.of("decision", "reason", "policy", "statement"));
  }

  private static ExitCode properties(Session session, JsonNode value, List<String> names) {
    Table table = new Table("PROPERTY", "VALUE");
    names.forEach(name -> table.row(name, text(value, name)));
    return print(session, table);
  }

  private static ExitCode print(Session session, Table table) {
    table.print(session.out());
    return ExitCode.DONE;
  }

  /** The names of the policies of a user or a role. */
  public static String policies(JsonNode user) {
    List<String> names = new ArrayList<>();
    user.path("policies").forEach(name -> names.add(name.asString()));
    return names.isEmpty() ? "-" : String.join(" ", names);
  }

  private static String text(JsonNode value, String name) {
    return value.path(name).asString("-");
  }
}
