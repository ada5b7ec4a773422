package io.sluice.runner;

import java.util.EnumSet;
import org.eclipse.jetty.http.UriCompliance;

/**
 * Which paths Jetty lets through: all that can be a key of S3. Bad UTF-8, {@code %00}, broken
 * escapes and paths that climb above the root stay refused. Routing reads the raw URI alone, so
 * nothing here is a risk.
 */
final class UriPolicy {
  private UriPolicy() {}

  static UriCompliance s3() {
    return new UriCompliance(
        "S3",
        EnumSet.of(
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
            UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS));
  }
}
