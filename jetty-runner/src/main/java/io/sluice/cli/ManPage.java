package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The man page of a command, made of what its help says. Immutable. */
final class ManPage {
  private final CommandLine.Model.CommandSpec spec;
  private final String name;

  ManPage(CommandLine command, String name) {
    this.spec = command.getCommandSpec();
    this.name = name;
  }

  /** The page, for {@code man(7)}'s macros. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(".TH \"" + name.toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"Sluice\" \"Sluice\"");
    String[] description = spec.usageMessage().description();
    lines.add(".SH NAME");
    lines.add(escaped(name) + " \\- " + escaped(description.length == 0 ? "" : description[0]));
    lines.add(".SH SYNOPSIS");
    lines.add(".nf");
    CommandLine.Help help = new CommandLine.Help(spec, CommandLine.Help.Ansi.OFF);
    help.synopsis(0).lines().forEach(line -> lines.add(escaped(line)));
    lines.add(".fi");
    if (description.length > 1) {
      lines.add(".SH DESCRIPTION");
      for (String line : description) {
        lines.add(escaped(line));
        lines.add(".br");
      }
    }
    parameters(lines);
    options(lines);
    subcommands(lines);
    exits(lines);
    return String.join("\n", lines) + "\n";
  }

  private void parameters(List<String> lines) {
    if (!spec.positionalParameters().isEmpty()) {
      lines.add(".SH ARGUMENTS");
      for (CommandLine.Model.PositionalParamSpec parameter : spec.positionalParameters()) {
        item(lines, parameter.paramLabel(), parameter.description());
      }
    }
  }

  private void options(List<String> lines) {
    lines.add(".SH OPTIONS");
    for (CommandLine.Model.OptionSpec option : spec.options()) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      item(lines, String.join(", ", option.names()) + label, option.description());
    }
  }

  private void subcommands(List<String> lines) {
    if (!spec.subcommands().isEmpty()) {
      lines.add(".SH COMMANDS");
      spec.subcommands()
          .forEach(
              (sub, command) ->
                  item(
                      lines,
                      name.replace('-', ' ') + " " + sub,
                      command.getCommandSpec().usageMessage().description()));
    }
  }

  private void exits(List<String> lines) {
    if (!spec.usageMessage().exitCodeList().isEmpty()) {
      lines.add(".SH EXIT STATUS");
      spec.usageMessage()
          .exitCodeList()
          .forEach((code, meaning) -> item(lines, code, new String[] {meaning}));
    }
  }

  private static void item(List<String> lines, String term, String[] description) {
    lines.add(".TP");
    lines.add(".B " + escaped(term));
    lines.add(escaped(String.join(" ", description)));
  }

  /** Text in which nothing is a request of roff. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("%n", " ");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
