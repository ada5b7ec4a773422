package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy with its wildcards and variables, compiled. {@code *} stands for any number of
 * characters, {@code ?} for one, <code>${key}</code> for what the request has for a key, <code>
 * ${key, 'default'}</code> for that or else the default, and <code>${*} ${?} ${$}</code> for the
 * characters themselves. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Variables</a>
 */
final class TextPattern {
  /** What is more than a character. */
  enum Syntax {
    /** Nothing: version 2008-10-17 knows no variables. */
    LITERAL(false, false),
    WILDCARDS(true, false),
    VARIABLES(false, true),
    WILDCARDS_AND_VARIABLES(true, true);

    private final boolean wildcards;
    private final boolean variables;

    Syntax(boolean wildcards, boolean variables) {
      this.wildcards = wildcards;
      this.variables = variables;
    }

    static Syntax of(boolean wildcards, boolean variables) {
      return wildcards
          ? variables ? WILDCARDS_AND_VARIABLES : WILDCARDS
          : variables ? VARIABLES : LITERAL;
    }
  }

  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  /** Characters and wildcards, or a variable. */
  private record Segment(Resolved fixed, @Nullable String key, @Nullable String fallback) {
    int[] tokens() {
      return fixed.tokens;
    }
  }

  private final String text;
  private final List<Segment> segments;
  private final @Nullable Resolved fixed;

  private TextPattern(String text, List<Segment> segments) {
    this.text = text;
    this.segments = List.copyOf(segments);
    boolean hasVariables = segments.stream().anyMatch(segment -> segment.key() != null);
    this.fixed =
        hasVariables ? null : new Resolved(join(segments.stream().map(Segment::tokens).toList()));
  }

  /**
   * Compiles.
   *
   * @throws io.sluice.error.S3Exception MalformedPolicy for a bad variable
   */
  static TextPattern parse(String text, Syntax syntax) {
    List<Segment> segments = new ArrayList<>();
    int[] tokens = new int[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (syntax.variables && c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw malformed("Invalid policy syntax.");
        }
        String name = text.substring(i + 2, end).strip();
        i = end;
        if (name.length() == 1 && "*?$".contains(name)) {
          tokens[count++] = name.charAt(0);
          continue;
        }
        segments.add(new Segment(new Resolved(Arrays.copyOf(tokens, count)), null, null));
        count = 0;
        segments.add(variable(name));
      } else {
        tokens[count++] = syntax.wildcards ? token(c) : c;
      }
    }
    segments.add(new Segment(new Resolved(Arrays.copyOf(tokens, count)), null, null));
    return new TextPattern(text, segments);
  }

  private static int token(char c) {
    return switch (c) {
      case '*' -> ANY_TEXT;
      case '?' -> ANY_CHARACTER;
      default -> c;
    };
  }

  private static Segment variable(String name) {
    int comma = name.indexOf(',');
    String key = comma < 0 ? name : name.substring(0, comma).strip();
    String fallback = null;
    if (comma >= 0) {
      String quoted = name.substring(comma + 1).strip();
      if (quoted.length() < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
        throw malformed("Invalid policy syntax.");
      }
      fallback = quoted.substring(1, quoted.length() - 1);
    }
    return new Segment(new Resolved(new int[0]), ConditionKey.parse(key).name(), fallback);
  }

  /** The text as it was written. */
  String text() {
    return text;
  }

  /** Whether it says the same of every request. */
  boolean hasNoVariables() {
    return fixed != null;
  }

  /** Whether it stands for one text alone, whatever the request has. */
  boolean isFixed() {
    return fixed != null && Arrays.stream(fixed.tokens).allMatch(token -> token >= 0);
  }

  /** The characters before the first wildcard or variable. */
  String literalPrefix() {
    StringBuilder prefix = new StringBuilder();
    for (int token : segments.get(0).tokens()) {
      if (token < 0) {
        break;
      }
      prefix.append((char) token);
    }
    return prefix.toString();
  }

  /** With the variables filled in; null when the request has none of the values that it takes. */
  @Nullable Resolved resolve(ConditionContext context) throws IOException {
    if (fixed != null) {
      return fixed;
    }
    List<int[]> parts = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.key() == null) {
        parts.add(segment.tokens());
        continue;
      }
      List<String> values = context.values(segment.key());
      // A variable is one text: a key with several values cannot be one.
      String value = values.size() == 1 ? values.get(0) : segment.fallback();
      if (value == null) {
        return null;
      }
      parts.add(value.chars().toArray());
    }
    return new Resolved(join(parts));
  }

  /** With anything for its variables. */
  Resolved widest() {
    if (fixed != null) {
      return fixed;
    }
    return new Resolved(
        join(
            segments.stream()
                .map(segment -> segment.key() == null ? segment.tokens() : new int[] {ANY_TEXT})
                .toList()));
  }

  /** Whether a text matches. */
  boolean matches(String value, ConditionContext context) throws IOException {
    Resolved resolved = resolve(context);
    return resolved != null && resolved.matches(value);
  }

  private static int[] join(List<int[]> parts) {
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** A pattern whose variables are filled in. Immutable. */
  static final class Resolved {
    private final int[] tokens;

    private Resolved(int[] tokens) {
      this.tokens = tokens;
    }

    boolean matches(String value) {
      int at = 0;
      int token = 0;
      int star = -1;
      int mark = 0;
      while (at < value.length()) {
        if (token < tokens.length && tokens[token] == ANY_TEXT) {
          star = token++;
          mark = at;
        } else if (token < tokens.length && isOne(tokens[token], value.charAt(at))) {
          token++;
          at++;
        } else if (star >= 0) {
          token = star + 1;
          at = ++mark;
        } else {
          return false;
        }
      }
      while (token < tokens.length && tokens[token] == ANY_TEXT) {
        token++;
      }
      return token == tokens.length;
    }

    boolean matchesIgnoringCase(String value) {
      int[] lower =
          Arrays.stream(tokens)
              .map(token -> token < 0 ? token : Character.toLowerCase(token))
              .toArray();
      return new Resolved(lower).matches(value.toLowerCase(Locale.ROOT));
    }

    /** Whether some longer text that begins so matches. */
    boolean matchesBeginning(String beginning) {
      boolean[] reached = new boolean[tokens.length + 1];
      reached[0] = true;
      for (int i = 0; i < beginning.length(); i++) {
        reached = step(skipStars(reached), beginning.charAt(i));
      }
      for (int i = 0; i < tokens.length; i++) {
        if (reached[i]) {
          return true;
        }
      }
      return false;
    }

    private boolean[] skipStars(boolean[] reached) {
      for (int i = 0; i < tokens.length; i++) {
        if (reached[i] && tokens[i] == ANY_TEXT) {
          reached[i + 1] = true;
        }
      }
      return reached;
    }

    private boolean[] step(boolean[] reached, char c) {
      boolean[] next = new boolean[tokens.length + 1];
      for (int i = 0; i < tokens.length; i++) {
        if (reached[i] && tokens[i] == ANY_TEXT) {
          next[i] = true;
        } else if (reached[i] && isOne(tokens[i], c)) {
          next[i + 1] = true;
        }
      }
      return next;
    }

    private static boolean isOne(int token, char c) {
      return token == c || token == ANY_CHARACTER;
    }
  }
}
