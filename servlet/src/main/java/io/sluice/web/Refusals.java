package io.sluice.web;

import io.sluice.error.S3Exception;
import io.sluice.model.ObjectInfo;
import io.sluice.operation.setting.RoutingRule;
import io.sluice.web.website.ErrorPage;
import io.sluice.xml.ErrorDocument;
import io.sluice.xml.XmlBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes refusals so that clients get to see them: the document, then what is left of the request's
 * body within limits, since a client that is still sending reports a broken pipe otherwise.
 * Immutable, thread-safe.
 */
final class Refusals {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** RFC 9110, 5.6.7: two digits for the day, unlike the JDK's RFC_1123_DATE_TIME. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final long drainBytes;
  private final Duration drainTime;

  Refusals(long drainBytes, Duration drainTime) {
    this.drainBytes = drainBytes;
    this.drainTime = drainTime;
  }

  void notModified(ObjectInfo info, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    response.setHeader("ETag", '"' + info.etag().value() + '"');
    response.setHeader("Last-Modified", HTTP_DATE.format(info.modifiedAt()));
  }

  /** Writes a refusal; on HEAD its status and headers alone. */
  void write(S3Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = Exchange.of(request);
    byte[] document =
        XmlBodies.write(
            ErrorDocument.of(e, request.getRequestURI(), exchange.requestId(), exchange.hostId()));
    write(e, "application/xml", document, request, response);
  }

  /** The same as a page for a website's visitor. */
  void writePage(S3Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = Exchange.of(request);
    byte[] page = ErrorPage.of(e, exchange.requestId(), exchange.hostId());
    response.setHeader("x-amz-error-code", e.code().wireCode());
    response.setHeader("x-amz-error-message", RoutingRule.header(e.message()).replace("%20", " "));
    write(e, ErrorPage.CONTENT_TYPE, page, request, response);
  }

  private void write(
      S3Exception e,
      String contentType,
      byte[] document,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.resetBuffer();
    response.setStatus(e.status());
    e.headers().forEach(response::setHeader);
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    response.setContentType(contentType);
    response.setHeader("Content-Length", Integer.toString(document.length));
    response.getOutputStream().write(document);
    Exchange.of(request).sent(document.length);
    response.flushBuffer();
    drain(Exchange.of(request), request);
  }

  /** Reads what is left of a request's body, within limits, when the answer is written. */
  void drain(Exchange exchange, HttpServletRequest request) throws IOException {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    boolean waitsForContinue = request.getHeader("Expect") != null;
    if (!hasBody || (waitsForContinue && exchange.body().peek().isEmpty())) {
      return;
    }
    InputStream body = request.getInputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    long deadlineNanos = System.nanoTime() + drainTime.toNanos();
    long left = drainBytes;
    int count = 0;
    while (count >= 0 && left > 0 && System.nanoTime() < deadlineNanos) {
      try {
        count = body.read(buffer);
      } catch (IOException e) {
        // Whoever went away needs no draining; the answer is written.
        count = -1;
      }
      left -= count;
    }
  }
}
