package io.sluice.cli.text;

import java.io.Console;

/** Whether somebody is watching. Stateless. */
public final class Terminal {
  private Terminal() {}

  /** Whether input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Asked the other way on Java 22 and later.
  public static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      // Before Java 22 there is a console only where there is a terminal.
      return true;
    }
  }
}
