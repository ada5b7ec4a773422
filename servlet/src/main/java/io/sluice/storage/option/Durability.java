package io.sluice.storage.option;

import io.sluice.error.S3ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * When a write to a bucket is durable. As a document, the bucket setting {@link #SETTING}, it is
 * the name in lower case.
 */
public enum Durability {
  /** Before it is answered; concurrent writes share a sync. */
  GROUP,
  /** Within a second of its answer: for what can be made again, such as a cache. */
  RELAXED;

  /** The bucket setting that holds the document; without it the store's own setting holds. */
  public static final String SETTING = "durability";

  /**
   * Reads a document.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for anything else
   */
  public static Durability parse(byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8).strip();
    for (Durability known : values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
        return known;
      }
    }
    throw S3ErrorCode.INVALID_ARGUMENT.exception("The durability is group or relaxed.");
  }

  /** The document. */
  public byte[] document() {
    return name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
  }
}
