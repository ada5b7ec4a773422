package io.sluice.operation.setting;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket is served as a website: an index document with perhaps an error document and routing
 * rules, or a redirect of everything. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html">API</a>
 */
@JsonRootName("WebsiteConfiguration")
public record WebsiteConfiguration(
    @Nullable RedirectAll redirectAllRequestsTo,
    @Nullable IndexDocument indexDocument,
    @Nullable ErrorDocument errorDocument,
    @Nullable RoutingRules routingRules) {
  static final BucketSetting<WebsiteConfiguration> SETTING =
      new BucketSetting<>(
          "website",
          WebsiteConfiguration.class,
          128 * 1024,
          BucketSetting.Integrity.OPTIONAL,
          200,
          bucket -> {
            throw missing(bucket);
          },
          (request, website) -> website.check());

  private static final int MAX_RULES = 50;

  /** What is appended to an address that ends in a slash. */
  public record IndexDocument(@Nullable String suffix) {}

  /** What is shown instead of errors of the client. */
  public record ErrorDocument(@Nullable String key) {}

  /** Where every request goes instead; the protocol stays what it was unless given. */
  public record RedirectAll(@Nullable String hostName, @Nullable String protocol) {}

  /** Rules in order. */
  public record RoutingRules(List<RoutingRule> routingRule) {
    /** No rules at all come as null. */
    public RoutingRules {
      routingRule = routingRule == null ? List.of() : List.copyOf(routingRule);
    }
  }

  /**
   * A bucket's configuration.
   *
   * @throws S3Exception NoSuchBucket, NoSuchWebsiteConfiguration
   */
  public static WebsiteConfiguration of(BucketStore buckets, BucketName bucket) throws IOException {
    return SETTING.read(buckets, bucket).orElseThrow(() -> missing(bucket));
  }

  private static S3Exception missing(BucketName bucket) {
    return S3ErrorCode.NO_SUCH_WEBSITE_CONFIGURATION.exception().with("BucketName", bucket.value());
  }

  private List<RoutingRule> rules() {
    return routingRules == null ? List.of() : routingRules.routingRule();
  }

  private void check() {
    if (redirectAllRequestsTo != null) {
      checkRedirectAll(redirectAllRequestsTo);
      return;
    }
    String suffix = indexDocument == null ? null : indexDocument.suffix();
    if (suffix == null) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty")
          .with("ArgumentName", "IndexDocument")
          .with("ArgumentValue", "null");
    }
    if (suffix.isEmpty() || suffix.contains("/")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The IndexDocument Suffix is not well formed")
          .with("ArgumentName", "IndexDocument")
          .with("ArgumentValue", suffix);
    }
    if (errorDocument != null && (errorDocument.key() == null || errorDocument.key().isEmpty())) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    if (rules().size() > MAX_RULES) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The number of routing rules must not exceed the allowed limit of 50 rules.");
    }
    rules().forEach(RoutingRule::check);
  }

  private void checkRedirectAll(RedirectAll redirect) {
    if (indexDocument != null || errorDocument != null || routingRules != null) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.");
    }
    if (redirect.hostName() == null || redirect.hostName().isEmpty()) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    RoutingRule.checkProtocol(redirect.protocol());
  }

  /** The rule that redirects a key before it is looked up. */
  public Optional<RoutingRule> ruleBefore(String key) {
    return rules().stream().filter(rule -> rule.appliesBefore(key)).findFirst();
  }

  /** The rule that redirects a key whose lookup failed. */
  public Optional<RoutingRule> ruleAfter(String key, int status) {
    return rules().stream().filter(rule -> rule.appliesAfter(key, status)).findFirst();
  }

  /** What stands for an address: the key itself, or an index document. */
  public String keyOf(String path) {
    return path.isEmpty() || path.endsWith("/") ? path + suffix() : path;
  }

  /** The suffix of index documents. */
  public String suffix() {
    String suffix = indexDocument == null ? null : indexDocument.suffix();
    return suffix == null ? "" : suffix;
  }
}
