package io.sluice.model;

import java.util.Comparator;

/**
 * The order of S3 listings: strings by their UTF-8 bytes, which is the order of their code points
 * and not that of {@link String#compareTo}, wrong beyond the basic plane. Stateless, thread-safe.
 */
public enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    int limit = Math.min(left.length(), right.length());
    for (int i = 0; i < limit; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogateA = Character.isSurrogate(a);
        boolean surrogateB = Character.isSurrogate(b);
        // A surrogate stands for a code point above every code unit that is none.
        return surrogateA == surrogateB ? Character.compare(a, b) : surrogateA ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
