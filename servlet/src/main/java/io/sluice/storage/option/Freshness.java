package io.sluice.storage.option;

import io.sluice.error.S3ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a read of an object makes sure of that is kept here for a back end far away. As a document,
 * the bucket setting {@link #SETTING}, it is the name in lower case; without it the provider's own
 * settings hold.
 */
public enum Freshness {
  /** Nothing: what is here is answered. */
  KEPT,
  /** That the back end has it so. */
  VALIDATED,
  /** The same, and what the back end has no more goes from here, too. */
  SYNCHRONIZED;

  /** The bucket setting that holds the document. */
  public static final String SETTING = "freshness";

  /**
   * Reads a document.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for anything else
   */
  public static Freshness parse(byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8).strip();
    for (Freshness known : values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
        return known;
      }
    }
    throw S3ErrorCode.INVALID_ARGUMENT.exception(
        "The freshness is kept, validated or synchronized.");
  }

  /** The document. */
  public byte[] document() {
    return name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the back end is asked. */
  public boolean validates() {
    return this != KEPT;
  }
}
