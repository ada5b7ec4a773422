package io.sluice.config;

/** A setting is wrong: the message is one line that an operator can act on. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and how to right it. */
  public ConfigException(String message) {
    super(message);
  }
}
