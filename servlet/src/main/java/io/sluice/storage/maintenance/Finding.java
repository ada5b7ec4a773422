package io.sluice.storage.maintenance;

/**
 * Something that a check of a back end found to be wrong. Immutable.
 *
 * @param kind what sort of thing it is
 * @param subject what it is about: an object as {@code bucket/key (version id)}, or a file
 * @param detail what is wrong with it
 */
public record Finding(Kind kind, String subject, String detail) {
  /** Sorts of findings. */
  public enum Kind {
    /** Stored bytes are not those that were written. */
    DAMAGED,
    /** Stored bytes are gone. */
    MISSING,
    /** Two places that should agree do not. */
    INCONSISTENT,
    /** Something that nothing refers to: it takes room, and harms nothing. */
    ORPHAN
  }

  /** Keeps it on one line, since keys may hold anything. */
  public Finding {
    subject = printable(subject);
    detail = printable(detail);
  }

  private static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                line.append(String.format("\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  /** The finding as a line. */
  @Override
  public String toString() {
    return kind + " " + subject + ": " + detail;
  }
}
