package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.account.AccountText;
import io.sluice.cli.text.Table;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How roles are shown to people. Stateless. */
final class RoleText {
  private RoleText() {}

  static ExitCode printRoles(Session session, JsonNode answer) {
    Table table = new Table("ROLE", "ARN", "POLICIES");
    for (JsonNode role : answer.path("roles")) {
      table.row(text(role, "name"), text(role, "arn"), AccountText.policies(role));
    }
    table.print(session.out());
    return ExitCode.DONE;
  }

  static ExitCode printRole(Session session, JsonNode role) {
    Table table = new Table("PROPERTY", "VALUE");
    for (String name : List.of("name", "path", "id", "arn", "createdAt")) {
      table.row(name, text(role, name));
    }
    table.row("trust", role.path("trust").toString());
    table.row("policies", AccountText.policies(role));
    table.print(session.out());
    return ExitCode.DONE;
  }

  private static String text(JsonNode value, String name) {
    return value.path(name).asString("-");
  }
}
