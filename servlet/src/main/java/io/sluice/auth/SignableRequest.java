package io.sluice.auth;

import io.sluice.uri.QueryString;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as a signature verifier sees it: exactly what arrived, decoded by nobody. */
public interface SignableRequest {
  /** The method, upper case. */
  String method();

  /** The raw path as it stood in the request line, with every prefix, without the query. */
  String rawPath();

  /**
   * The part of the raw path in front of what S3 calls the resource: the context path and {@code
   * /s3}; empty when there is none. Some clients do not sign it.
   */
  String pathPrefix();

  /**
   * The bucket that {@code Host} names in virtual-hosted style; null in path style. It must be the
   * bucket that the request is routed to: a signature that covers the bucket only by its name
   * (SigV2) would else be good for another bucket's object.
   */
  @Nullable String hostBucket();

  /** The raw query without its question mark; null when there is none. */
  @Nullable String rawQuery();

  /**
   * The parameters of the raw query.
   *
   * @throws io.sluice.error.S3Exception InvalidURI for a broken escape
   */
  default QueryString query() {
    return QueryString.parse(rawQuery());
  }

  /**
   * The values of a header in order of arrival, each as its bytes read as ISO-8859-1; empty when
   * absent.
   *
   * @param name in any letter case
   */
  List<String> headers(String name);

  /** The names of all headers, lower case. */
  Set<String> headerNames();

  /** The first value of a header, or null. */
  default @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }
}
