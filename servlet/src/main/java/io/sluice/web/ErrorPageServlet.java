package io.sluice.web;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.xml.ErrorDocument;
import io.sluice.xml.XmlBodies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a container refuses inside the web application, as S3 says it: {@code web.xml} names it as
 * the error page. Thread-safe.
 */
final class ErrorPageServlet extends HttpServlet {
  static final String PATH = "/-/error";
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      // "/bucket/../-/error" is normalised to our path by the container, yet it is an object.
      request
          .getServletContext()
          .getNamedDispatcher(S3DispatchServlet.class.getName())
          .forward(request, response);
      return;
    }
    String requestId =
        HexFormat.of().withUpperCase().toHexDigits(ThreadLocalRandom.current().nextLong());
    response.setHeader("x-amz-request-id", requestId);
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    byte[] document =
        XmlBodies.write(
            ErrorDocument.of(
                refusal(response.getStatus()),
                uri instanceof String path ? path : "/",
                requestId,
                requestId));
    response.setContentType("application/xml");
    response.setHeader("Content-Length", Integer.toString(document.length));
    response.getOutputStream().write(document);
  }

  private static S3Exception refusal(int status) {
    if (status >= 500) {
      return S3ErrorCode.INTERNAL_ERROR.exception();
    }
    return switch (status) {
      case 400, 404 -> S3ErrorCode.INVALID_URI.exception();
      case 405 -> S3ErrorCode.METHOD_NOT_ALLOWED.exception();
      default -> S3ErrorCode.INVALID_REQUEST.exception();
    };
  }
}
