package io.sluice.web.website;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.operation.setting.RoutingRule;
import io.sluice.operation.setting.WebsiteConfiguration;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import io.sluice.uri.PercentCoding;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers visitors of buckets that are websites: redirects, index documents, error documents.
 * Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html">Websites</a>
 */
public final class Website {
  private static final int MOVED_PERMANENTLY = 301;
  private static final int FOUND = 302;

  private final BucketStore buckets;
  private final boolean configurable;

  /** Over the buckets of a back end; none is a website when it keeps no settings. */
  public Website(Storage storage) {
    this.buckets = storage.buckets();
    this.configurable = storage.capabilities().contains(Capability.BUCKET_SETTINGS);
  }

  /**
   * What somebody visits. Immutable.
   *
   * @param bucket the bucket
   * @param key the decoded path without its first slash; empty for the root
   * @param scheme the request's scheme
   * @param host the request's host, with its port
   * @param pathPrefix what stands before the bucket's own path
   * @param pathAndQuery the bucket's own path and the query, raw
   */
  public record Visit(
      BucketName bucket,
      String key,
      String scheme,
      String host,
      String pathPrefix,
      String pathAndQuery) {}

  /** Reads objects as the visitor: authorised, and conditions and ranges as they ask. */
  public interface Reader {
    /**
     * Reads what was asked for.
     *
     * @throws S3Exception as GetObject
     */
    S3Response read(ObjectKey key) throws IOException;

    /**
     * Reads without conditions and ranges.
     *
     * @throws S3Exception as GetObject
     */
    S3Response readWhole(ObjectKey key) throws IOException;
  }

  /**
   * Answers a visit.
   *
   * @throws S3Exception what is to be shown as a page
   */
  public S3Response answer(Visit visit, Reader reader) throws IOException {
    if (!configurable) {
      throw S3ErrorCode.NO_SUCH_WEBSITE_CONFIGURATION.exception();
    }
    WebsiteConfiguration website = WebsiteConfiguration.of(buckets, visit.bucket());
    WebsiteConfiguration.RedirectAll all = website.redirectAllRequestsTo();
    if (all != null) {
      return redirect(MOVED_PERMANENTLY, locationOfAll(all, visit));
    }
    Optional<RoutingRule> before = website.ruleBefore(visit.key());
    if (before.isPresent()) {
      return redirect(before.get(), visit);
    }
    try {
      return redirected(reader.read(new ObjectKey(website.keyOf(visit.key()))));
    } catch (S3Exception e) {
      return instead(e, website, visit, reader);
    }
  }

  private static String locationOfAll(WebsiteConfiguration.RedirectAll all, Visit visit) {
    String protocol = all.protocol() == null ? visit.scheme() : all.protocol();
    String host = all.hostName() == null ? visit.host() : all.hostName();
    return protocol + "://" + RoutingRule.header(host) + RoutingRule.header(visit.pathAndQuery());
  }

  private static S3Response redirect(RoutingRule rule, Visit visit) {
    return redirect(rule.status(), rule.location(visit.scheme(), visit.host(), visit.key()));
  }

  private static S3Response redirect(int status, String location) {
    return S3Response.empty(status).header("Location", location);
  }

  /** An object that says where it moved answers with that place. */
  private static S3Response redirected(S3Response read) throws IOException {
    String location = read.headers().get(ObjectMetadata.WEBSITE_REDIRECT_LOCATION);
    if (location == null) {
      return read;
    }
    close(read);
    return redirect(MOVED_PERMANENTLY, location);
  }

  private static void close(S3Response read) throws IOException {
    if (read instanceof S3Response.Content content) {
      content.content().close();
    }
  }

  /** What a visitor gets instead of an error. */
  private static S3Response instead(
      S3Exception error, WebsiteConfiguration website, Visit visit, Reader reader)
      throws IOException {
    boolean absent = error.status() == 404 || error.status() == 403;
    if (absent && isFolder(website, visit, reader)) {
      return redirect(FOUND, folder(visit));
    }
    Optional<RoutingRule> after = website.ruleAfter(visit.key(), error.status());
    if (after.isPresent()) {
      return redirect(after.get(), visit);
    }
    WebsiteConfiguration.ErrorDocument document = website.errorDocument();
    String key = document == null ? null : document.key();
    S3Response page = key == null || error.status() >= 500 ? null : page(error, key, reader);
    if (page == null) {
      throw error;
    }
    return page;
  }

  private static boolean isFolder(WebsiteConfiguration website, Visit visit, Reader reader)
      throws IOException {
    if (visit.key().isEmpty() || visit.key().endsWith("/")) {
      return false;
    }
    try {
      close(reader.readWhole(new ObjectKey(visit.key() + "/" + website.suffix())));
      return true;
    } catch (S3Exception none) {
      return false;
    }
  }

  /** The path with a slash behind; a second one in front would make it another host's. */
  private static String folder(Visit visit) {
    String path = PercentCoding.encode(visit.key(), "/");
    return visit.pathPrefix() + "/" + path.replaceFirst("^/", "%2F") + "/";
  }

  /** The error document with the status of the error; null when it cannot be read. */
  private static @Nullable S3Response page(S3Exception error, String key, Reader reader)
      throws IOException {
    try {
      S3Response read = reader.readWhole(new ObjectKey(key));
      if (!(read instanceof S3Response.Content content)) {
        return null;
      }
      S3Response page = S3Response.content(error.status(), content.content());
      read.headers().forEach(page::header);
      return page;
    } catch (S3Exception none) {
      return null;
    }
  }
}
