package io.sluice.lifecycle;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.sluice.error.S3ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An element that takes no children that it does not know: a rule whose author misspelt a predicate
 * must not hold for everything.
 */
interface StrictElement {
  /** Takes what no component is there for; where the schema lies is all that may be. */
  @JsonAnySetter
  default void unknown(String name, @Nullable Object value) {
    if (!name.equals("schemaLocation")) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
  }
}
