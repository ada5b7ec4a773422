package io.sluice.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How commands end. */
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "it failed, or was refused"),
  USAGE(2, "the command line is wrong"),
  NOT_FOUND(3, "there is no such bucket, object or other thing"),
  DENIED(4, "access is denied: no policy allows it, or the key or its secret is wrong"),
  UNREACHABLE(5, "the gateway cannot be reached, or failed itself");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The process's exit code. */
  public int number() {
    return number;
  }

  /** How a refusal with an HTTP status ends a command. */
  static ExitCode ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> DENIED;
      case 404 -> NOT_FOUND;
      default -> status >= 500 && status != 501 && status != 507 ? UNREACHABLE : FAILED;
    };
  }

  /** All of them, for help texts. */
  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      list.put(Integer.toString(code.number), code.meaning);
    }
    return list;
  }
}
