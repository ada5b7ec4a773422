package io.sluice.runner;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.xml.ErrorDocument;
import io.sluice.xml.XmlBodies;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, as S3 says it: never a page, never Jetty's words. Thread-safe. */
final class S3ErrorHandler extends ErrorHandler {
  /** What Jetty calls the path that it could not read. */
  private static final String UNPARSED = "/badMessage";

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String requestId =
        HexFormat.of().withUpperCase().toHexDigits(ThreadLocalRandom.current().nextLong());
    S3Exception refusal = refusal(response.getStatus());
    response.getHeaders().put("x-amz-request-id", requestId);
    response.getHeaders().put(HttpHeader.SERVER, "Sluice");
    if (request.getMethod().equals("HEAD")) {
      callback.succeeded();
      return true;
    }
    String path = request.getHttpURI().getPath();
    byte[] document =
        XmlBodies.write(
            ErrorDocument.of(
                refusal, path == null || path.equals(UNPARSED) ? "/" : path, requestId, requestId));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, document.length);
    response.write(true, ByteBuffer.wrap(document), callback);
    return true;
  }

  private static S3Exception refusal(int status) {
    return switch (status) {
      case 404, 400 -> S3ErrorCode.INVALID_URI.exception();
      case 405 -> S3ErrorCode.METHOD_NOT_ALLOWED.exception();
      case 408 -> S3ErrorCode.REQUEST_TIMEOUT.exception();
      case 411 -> S3ErrorCode.MISSING_CONTENT_LENGTH.exception();
      case 414 -> S3ErrorCode.KEY_TOO_LONG.exception();
      case 431 -> S3ErrorCode.REQUEST_HEADER_SECTION_TOO_LARGE.exception();
      case 501 -> S3ErrorCode.NOT_IMPLEMENTED.exception();
      case 503 -> S3ErrorCode.SERVICE_UNAVAILABLE.exception();
      default ->
          status >= 500
              ? S3ErrorCode.INTERNAL_ERROR.exception()
              : S3ErrorCode.INVALID_REQUEST.exception();
    };
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }
}
