package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import org.jspecify.annotations.Nullable;

/** The grammar of numbers in parameters and headers, such as {@code max-keys}. Stateless. */
public final class IntegerParameter {
  private IntegerParameter() {}

  /**
   * Parses a number that is clipped to a limit.
   *
   * @param name the parameter, for the error
   * @param text its value; null or empty for the default
   * @param limit the default and the most
   * @throws S3Exception InvalidArgument for what is no number of 0 to 2147483647
   */
  public static int clipped(String name, @Nullable String text, int limit) {
    return text == null || text.isEmpty() ? limit : Math.min(parse(name, text, 0), limit);
  }

  /**
   * Parses a number.
   *
   * @param min the least that is valid
   * @throws S3Exception InvalidArgument for what is no number of {@code min} to 2147483647
   */
  public static int parse(String name, String text, int min) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= min) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, text, "Provided " + name + " not an integer or within integer range");
    }
    throw invalid(
        name, text, "Argument " + name + " must be an integer between " + min + " and 2147483647");
  }

  private static S3Exception invalid(String name, String text, String message) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception(message)
        .with("ArgumentName", name)
        .with("ArgumentValue", text);
  }
}
