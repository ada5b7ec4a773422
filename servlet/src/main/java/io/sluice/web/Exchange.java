package io.sluice.web;

import io.sluice.auth.Authenticated;
import io.sluice.auth.Authenticator;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.protocol.TargetParser;
import io.sluice.uri.QueryString;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/**
 * What the filters know about a request, in the one attribute that they share. Every field is
 * written once and fails loudly when it is read early. Confined to one request.
 */
final class Exchange {
  private static final String ATTRIBUTE = Exchange.class.getName();

  private final String requestId;
  private final String hostId;
  private final S3Headers headers;
  private final Once<S3Target> target = new Once<>("target");
  private final Once<String> pathPrefix = new Once<>("pathPrefix");
  private final Once<TargetParser.Style> style = new Once<>("style");
  private final Once<QueryString> query = new Once<>("query");
  private final Once<S3Operation> operation = new Once<>("operation");
  private final Once<Authenticated> authenticated = new Once<>("authenticated");
  private final Once<Authenticator.Claim> elsewhere = new Once<>("elsewhere");
  private final Once<S3Request> request = new Once<>("request");
  private final Once<ConnectionStream> body = new Once<>("body");
  private long sentBytes;
  private final Once<String> errorCode = new Once<>("errorCode");

  /** The exchange of a request, of which it takes the headers. */
  Exchange(String requestId, String hostId, HttpServletRequest request) {
    this.requestId = requestId;
    this.hostId = hostId;
    this.headers = headersOf(request);
  }

  void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  static Exchange of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
      return exchange;
    }
    throw new IllegalStateException("the request passed no " + RequestIdFilter.class.getName());
  }

  /** The request's headers. */
  S3Headers headers() {
    return headers;
  }

  private static S3Headers headersOf(HttpServletRequest request) {
    S3Headers.Builder headers = new S3Headers.Builder();
    Enumeration<String> names = request.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      Enumeration<String> values = request.getHeaders(name);
      while (values.hasMoreElements()) {
        headers.add(name, values.nextElement());
      }
    }
    return headers.build();
  }

  String requestId() {
    return requestId;
  }

  String hostId() {
    return hostId;
  }

  Once<S3Target> target() {
    return target;
  }

  Once<String> pathPrefix() {
    return pathPrefix;
  }

  Once<TargetParser.Style> style() {
    return style;
  }

  Once<QueryString> query() {
    return query;
  }

  Once<S3Operation> operation() {
    return operation;
  }

  Once<Authenticated> authenticated() {
    return authenticated;
  }

  /**
   * What a request says of its signature that is for another S3 to verify; unset for all others.
   */
  Once<Authenticator.Claim> elsewhere() {
    return elsewhere;
  }

  /** The request as operations see it, once it may go on. */
  Once<S3Request> request() {
    return request;
  }

  /** The raw body, once somebody opened it. */
  Once<ConnectionStream> body() {
    return body;
  }

  /** Counts bytes of the answer's body as they are handed to the container. */
  void sent(long bytes) {
    sentBytes += bytes;
  }

  /** Bytes of the answer's body so far. */
  long sentBytes() {
    return sentBytes;
  }

  Once<String> errorCode() {
    return errorCode;
  }
}
