package io.sluice.operation.setting;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@link CorsConfiguration}. Immutable.
 *
 * @param id a name; null for none
 * @param allowedHeaders what scripts may set, in any letter case, with one wildcard each
 * @param allowedMethods methods
 * @param allowedOrigins origins, with one wildcard each
 * @param exposeHeaders what scripts may read
 * @param maxAgeSeconds how long a browser may remember it; null for its own default
 */
public record CorsRule(
    @JsonProperty("ID") @Nullable String id,
    @JsonProperty("AllowedHeader") List<String> allowedHeaders,
    @JsonProperty("AllowedMethod") List<String> allowedMethods,
    @JsonProperty("AllowedOrigin") List<String> allowedOrigins,
    @JsonProperty("ExposeHeader") List<String> exposeHeaders,
    @Nullable Integer maxAgeSeconds) {
  /** The methods that a rule may allow. */
  public static final Set<String> METHODS = Set.of("GET", "PUT", "HEAD", "POST", "DELETE");

  private static final int MAX_ID_LENGTH = 255;

  /** Lists without elements come as null. */
  public CorsRule {
    allowedHeaders = allowedHeaders == null ? List.of() : List.copyOf(allowedHeaders);
    allowedMethods = allowedMethods == null ? List.of() : List.copyOf(allowedMethods);
    allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
    exposeHeaders = exposeHeaders == null ? List.of() : List.copyOf(exposeHeaders);
  }

  void check() {
    if (allowedMethods.isEmpty() || allowedOrigins.isEmpty()) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    if (id != null && id.length() > MAX_ID_LENGTH) {
      throw invalid("ID length should not exceed allowed limit of 255");
    }
    for (String method : allowedMethods) {
      if (!METHODS.contains(method)) {
        throw invalid(
            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
      }
    }
    allowedOrigins.forEach(origin -> checkWildcards("AllowedOrigin", origin));
    allowedHeaders.forEach(header -> checkWildcards("AllowedHeader", header));
    for (String header : exposeHeaders) {
      if (header.contains("*")) {
        throw invalid(
            "ExposeHeader \""
                + header
                + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
      }
      if (!header.matches("[!#$%&'+.^_`|~0-9A-Za-z-]+")) {
        throw invalid("ExposeHeader \"" + header + "\" contains invalid character.");
      }
    }
    if (maxAgeSeconds != null && maxAgeSeconds < 0) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
  }

  private static void checkWildcards(String name, String pattern) {
    if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
      throw invalid(name + " \"" + pattern + "\" can not have more than one wildcard.");
    }
  }

  private static S3Exception invalid(String message) {
    return S3ErrorCode.INVALID_REQUEST.exception(message);
  }

  /** The first allowed origin that fits; null when none does. */
  @Nullable String allowedOriginOf(String origin) {
    for (String allowed : allowedOrigins) {
      if (fits(allowed, origin)) {
        return allowed;
      }
    }
    return null;
  }

  boolean allows(String method, List<String> headers) {
    return allowedMethods.contains(method) && headers.stream().allMatch(this::allowsHeader);
  }

  private boolean allowsHeader(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return allowedHeaders.stream().anyMatch(a -> fits(a.toLowerCase(Locale.ROOT), name));
  }

  private static boolean fits(String pattern, String text) {
    int star = pattern.indexOf('*');
    return star < 0
        ? pattern.equals(text)
        : text.length() >= pattern.length() - 1
            && text.startsWith(pattern.substring(0, star))
            && text.endsWith(pattern.substring(star + 1));
  }
}
