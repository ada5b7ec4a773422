package io.sluice.operation.setting;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.xml.XmlBodies;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which scripts of other origins may use a bucket: rules in order, of which the first that fits
 * decides. Immutable.
 *
 * @param rules 1 to 100 rules
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html">CORS</a>
 */
@JsonRootName("CORSConfiguration")
public record CorsConfiguration(@JsonProperty("CORSRule") List<CorsRule> rules) {
  static final BucketSetting<CorsConfiguration> SETTING =
      new BucketSetting<>(
          "cors",
          CorsConfiguration.class,
          64 * 1024,
          BucketSetting.Integrity.REQUIRED,
          200,
          bucket -> {
            throw S3ErrorCode.NO_SUCH_CORS_CONFIGURATION
                .exception()
                .with("BucketName", bucket.value());
          },
          (request, cors) -> cors.check());

  private static final int MAX_RULES = 100;

  /** No rules at all come as null. */
  public CorsConfiguration {
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /**
   * What a rule allows a request.
   *
   * @param rule the rule
   * @param anyOrigin whether the rule allows every origin, and so none its credentials
   */
  public record Match(CorsRule rule, boolean anyOrigin) {}

  private void check() {
    if (rules.isEmpty()) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    if (rules.size() > MAX_RULES) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The number of CORS rules should not exceed allowed limit of 100 rules.");
    }
    rules.forEach(CorsRule::check);
  }

  /**
   * The first rule that allows a request.
   *
   * @param origin the page's origin, as the browser sends it
   * @param method the method, upper case
   * @param headers names of the headers that the script sets, in any letter case
   */
  public Optional<Match> match(String origin, String method, List<String> headers) {
    for (CorsRule rule : rules) {
      String allowed = rule.allowedOriginOf(origin);
      if (allowed != null && rule.allows(method, headers)) {
        return Optional.of(new Match(rule, allowed.equals("*")));
      }
    }
    return Optional.empty();
  }

  /** The configuration of a document that was checked when it was stored; null for none. */
  static CorsConfiguration of(byte @Nullable [] document) {
    return document == null
        ? new CorsConfiguration(List.of())
        : XmlBodies.read(document, CorsConfiguration.class);
  }
}
