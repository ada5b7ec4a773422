package io.sluice.operation.setting;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.uri.PercentCoding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a website: where a request goes under a condition. Immutable.
 *
 * @param condition when; null for always
 * @param redirect where to
 */
public record RoutingRule(@Nullable Condition condition, @Nullable Redirect redirect) {
  private static final int DEFAULT_STATUS = 301;

  /** A prefix of the key, a status of the lookup, or both. */
  public record Condition(
      @Nullable String httpErrorCodeReturnedEquals, @Nullable String keyPrefixEquals) {}

  /** What changes in the address; what is null stays. */
  public record Redirect(
      @Nullable String protocol,
      @Nullable String hostName,
      @Nullable String replaceKeyPrefixWith,
      @Nullable String replaceKeyWith,
      @Nullable String httpRedirectCode) {}

  void check() {
    if (condition != null) {
      checkCondition(condition);
    }
    if (redirect == null) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    checkProtocol(redirect.protocol());
    if (redirect.replaceKeyWith() != null && redirect.replaceKeyPrefixWith() != null) {
      throw invalid("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
    }
    String code = redirect.httpRedirectCode();
    if (code != null && !code.matches("30[1-9]|3[1-9][0-9]")) {
      throw invalid(
          "The provided HTTP redirect code ("
              + code
              + ") is not valid. Valid codes are 3XX except 300.");
    }
  }

  private static void checkCondition(Condition condition) {
    String code = condition.httpErrorCodeReturnedEquals();
    if (code == null && condition.keyPrefixEquals() == null) {
      throw invalid(
          "Condition cannot be empty. To redirect all requests without a condition, the condition"
              + " element shouldn't be present.");
    }
    if (code != null && !code.matches("[45][0-9]{2}")) {
      throw invalid(
          "The provided HTTP error code (" + code + ") is not valid. Valid codes are 4XX or 5XX.");
    }
  }

  static void checkProtocol(@Nullable String protocol) {
    if (protocol != null && !protocol.equals("http") && !protocol.equals("https")) {
      throw invalid(
          "Invalid protocol, protocol can be http or https. If not defined the protocol will be"
              + " selected automatically.");
    }
  }

  private static S3Exception invalid(String message) {
    return S3ErrorCode.INVALID_REQUEST.exception(message);
  }

  private @Nullable String errorCode() {
    return condition == null ? null : condition.httpErrorCodeReturnedEquals();
  }

  private String prefix() {
    String prefix = condition == null ? null : condition.keyPrefixEquals();
    return prefix == null ? "" : prefix;
  }

  boolean appliesBefore(String key) {
    return errorCode() == null && key.startsWith(prefix());
  }

  boolean appliesAfter(String key, int status) {
    return Integer.toString(status).equals(errorCode()) && key.startsWith(prefix());
  }

  /** The status of the redirect. */
  public int status() {
    String code = redirect == null ? null : redirect.httpRedirectCode();
    return code == null ? DEFAULT_STATUS : Integer.parseInt(code);
  }

  /**
   * Where a request goes.
   *
   * @param scheme the request's scheme
   * @param host the request's host, with its port
   * @param key the key that was asked for
   */
  public String location(String scheme, String host, String key) {
    Redirect to = redirect == null ? new Redirect(null, null, null, null, null) : redirect;
    return (to.protocol() == null ? scheme : to.protocol())
        + "://"
        + header(to.hostName() == null ? host : to.hostName())
        + "/"
        + path(to, key);
  }

  /** Replacements are taken as written, since they may hold a query or a fragment. */
  private String path(Redirect to, String key) {
    if (to.replaceKeyWith() != null) {
      return header(to.replaceKeyWith());
    }
    if (to.replaceKeyPrefixWith() != null) {
      String rest = key.substring(prefix().length());
      return header(to.replaceKeyPrefixWith()) + PercentCoding.encode(rest, "/");
    }
    return PercentCoding.encode(key, "/");
  }

  /** A text as a header can bear it: what is not visible US-ASCII is escaped. */
  public static String header(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean visible = c > 0x20 && c < 0x7F;
      out.append(visible ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }
}
