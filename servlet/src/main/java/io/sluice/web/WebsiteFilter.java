package io.sluice.web;

import io.sluice.auth.Authenticated;
import io.sluice.auth.Authenticator;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.operation.Authorizer;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.protocol.S3Target;
import io.sluice.protocol.TargetParser;
import io.sluice.uri.QueryString;
import io.sluice.web.cors.CrossOrigin;
import io.sluice.web.logging.AccessRecords;
import io.sluice.web.website.Website;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves the hosts on which buckets are websites: to anybody, by the same authorisation as
 * GetObject, with pages for errors. Other hosts pass. Thread-safe.
 */
final class WebsiteFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient TargetParser parser;
  private final transient Parts parts;

  /** What it needs: who asks, whether they may, and how it is read and refused. */
  record Parts(
      Website website,
      CrossOrigin crossOrigin,
      Authenticator authenticator,
      Authorizer authorizer,
      OperationHandler getObject,
      Refusals refusals) {}

  /** A filter for the hosts that the parser takes buckets from. */
  WebsiteFilter(TargetParser parser, Parts parts) {
    this.parser = parser;
    this.parts = parts;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!parser.namesBucket(request.getHeader("Host"))) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(AccessRecords.WEBSITE, true);
    try {
      serve(request, response);
    } catch (S3Exception e) {
      if (response.isCommitted()) {
        throw e;
      }
      Exchange.of(request).errorCode().set(e.code().wireCode());
      parts.refusals().writePage(e, request, response);
    }
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    TargetParser.Destination destination =
        parser.parse(request.getRequestURI(), request.getContextPath(), request.getHeader("Host"));
    if (!(destination instanceof TargetParser.ToS3 s3)) {
      throw S3ErrorCode.INVALID_URI.exception();
    }
    Exchange exchange = Exchange.of(request);
    exchange.target().set(s3.target());
    exchange.pathPrefix().set(s3.pathPrefix());
    exchange.style().set(s3.style());
    exchange.query().set(QueryString.EMPTY);
    String method = request.getMethod();
    if (method.equals("OPTIONS")) {
      parts.crossOrigin().preflight(s3.target(), request, response);
      return;
    }
    parts.crossOrigin().allow(s3.target(), request, response);
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw S3ErrorCode.METHOD_NOT_ALLOWED
          .exception()
          .with("Method", method)
          .with("ResourceType", s3.target().kind().name())
          .withHeader("Allow", "GET, HEAD, OPTIONS");
    }
    exchange
        .operation()
        .set(method.equals("GET") ? S3Operation.GET_OBJECT : S3Operation.HEAD_OBJECT);
    exchange
        .authenticated()
        .set(parts.authenticator().visitor(ServletSignableRequest.of(request, exchange)));
    Website.Visit visit = visit(s3, request);
    S3Response answer =
        parts.website().answer(visit, new ObjectReader(visit.bucket(), exchange, request));
    new ResponseWriter(request, response).write(answer);
  }

  private static Website.Visit visit(TargetParser.ToS3 s3, HttpServletRequest request) {
    String path = request.getRequestURI().substring(s3.pathPrefix().length());
    String query = request.getQueryString();
    BucketName bucket =
        s3.target() instanceof S3Target.ObjectTarget object
            ? object.bucket()
            : ((S3Target.BucketTarget) s3.target()).bucket();
    return new Website.Visit(
        bucket,
        s3.target() instanceof S3Target.ObjectTarget object ? object.key().value() : "",
        request.getScheme(),
        request.getHeader("Host"),
        s3.pathPrefix(),
        query == null ? path : path + "?" + query);
  }

  /** Reads a bucket's objects as whoever visits. Confined to one request. */
  private final class ObjectReader implements Website.Reader {
    private final BucketName bucket;
    private final Exchange exchange;
    private final HttpServletRequest request;

    ObjectReader(BucketName bucket, Exchange exchange, HttpServletRequest request) {
      this.bucket = bucket;
      this.exchange = exchange;
      this.request = request;
    }

    @Override
    public S3Response read(ObjectKey key) throws IOException {
      return read(key, headers(List.of("x-amz-", "authorization")));
    }

    @Override
    public S3Response readWhole(ObjectKey key) throws IOException {
      return read(key, headers(List.of("x-amz-", "authorization", "range", "if-")));
    }

    /** What the visitor sent, without what only clients of S3 send. */
    private S3Headers headers(List<String> without) {
      S3Headers sent = Exchange.of(request).headers();
      Map<String, List<String>> kept = new LinkedHashMap<>();
      for (String name : sent.names()) {
        if (without.stream().noneMatch(name::startsWith)) {
          kept.put(name, new ArrayList<>(sent.all(name)));
        }
      }
      return S3Headers.of(kept);
    }

    private S3Response read(ObjectKey key, S3Headers headers) throws IOException {
      Authenticated visitor = exchange.authenticated().get();
      S3Target target = new S3Target.ObjectTarget(bucket, key);
      S3Request s3Request =
          new S3Request(
              "GET",
              target,
              QueryString.EMPTY,
              headers,
              visitor.identity(),
              exchange.requestId(),
              AuthorizationFilter.origin(request),
              visitor.body(InputStream::nullInputStream));
      parts.authorizer().authorize(visitor.identity(), S3Operation.GET_OBJECT, target, s3Request);
      try {
        return parts.getObject().handle(s3Request);
      } catch (S3Exception e) {
        throw parts.authorizer().told(e, S3Operation.GET_OBJECT, s3Request);
      }
    }
  }
}
