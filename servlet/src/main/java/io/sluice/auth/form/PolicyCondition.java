package io.sluice.auth.form;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One condition of a policy; names of fields are in lower case. Immutable. */
sealed interface PolicyCondition {
  /** The field that it is about. */
  String field();

  /** Whether a value fulfils it; a field that is absent fulfils nothing. */
  boolean holds(@Nullable String value);

  /** What the field must be. */
  record Equal(String field, String value) implements PolicyCondition {
    @Override
    public boolean holds(@Nullable String actual) {
      return value.equals(actual);
    }

    @Override
    public String toString() {
      return text("eq", field, value);
    }
  }

  /** How the field must begin; an empty prefix lets it be anything. */
  record StartsWith(String field, String prefix) implements PolicyCondition {
    @Override
    public boolean holds(@Nullable String actual) {
      if (actual == null) {
        return false;
      }
      if (!field.equals("content-type")) {
        return actual.startsWith(prefix);
      }
      // AWS: a content type may be a list, each of whose types must begin so.
      for (String type : actual.split(",", -1)) {
        if (!type.strip().startsWith(prefix)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return text("starts-with", field, prefix);
    }
  }

  private static String text(String operator, String field, String value) {
    return String.format(Locale.ROOT, "[\"%s\", \"$%s\", \"%s\"]", operator, field, value);
  }
}
