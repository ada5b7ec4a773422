package io.sluice.web;

import io.sluice.protocol.S3Response;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.xml.XmlBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Writes an operation's answer. On HEAD it writes no body, whatever there is. Used once. */
final class ResponseWriter implements S3Response.ResponseSink {
  private static final String XML = "application/xml";

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  ResponseWriter(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  void write(S3Response answer) throws IOException {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equalsIgnoreCase("Content-Type")) {
                contentType(value);
              } else {
                response.setHeader(name, value);
              }
            });
    answer.writeTo(this);
  }

  @Override
  public void empty() {
    int status = response.getStatus();
    boolean bodiless = status == HttpServletResponse.SC_NO_CONTENT || status == 304 || isHead();
    if (!bodiless) {
      response.setHeader("Content-Length", "0");
    }
  }

  @Override
  public void xml(Object document) throws IOException {
    // Rendered before the status line goes out: a document that cannot be written is a clean 500.
    byte[] rendered = XmlBodies.write(document);
    contentType(XML);
    bytes(rendered);
  }

  @Override
  public void bytes(byte[] bytes) throws IOException {
    response.setHeader("Content-Length", Integer.toString(bytes.length));
    if (!isHead()) {
      new ContainerSink(request, response, bytes.length).write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void content(ObjectContent content) throws IOException {
    try (content) {
      long lengthBytes = content.range().length();
      response.setHeader("Content-Length", Long.toString(lengthBytes));
      if (!isHead()) {
        content.transferTo(new ContainerSink(request, response, lengthBytes));
      }
    }
  }

  /**
   * What was said here of the answer, its request id before all, gives way to what is said there.
   */
  @Override
  public void forwarded(ForwardedAnswer answer) throws IOException {
    try (answer) {
      answer
          .headers()
          .forEach(
              (name, values) -> {
                if (name.equalsIgnoreCase("Content-Type")) {
                  contentType(values.get(0));
                } else {
                  response.setHeader(name, values.get(0));
                  values.stream().skip(1).forEach(value -> response.addHeader(name, value));
                }
              });
      if (!isHead()) {
        ContainerSink sink =
            new ContainerSink(request, response, answer.lengthBytes().orElse(Long.MAX_VALUE));
        answer.transferTo(sink.stream());
      }
    }
  }

  @Override
  public void deferred(S3Response.DeferredResult result) throws IOException {
    contentType(XML);
    S3Response ready = new DeferredWriter(Exchange.of(request), request, response).write(result);
    if (ready != null) {
      write(ready);
    }
  }

  /** Sets the type as it is stored: containers add a charset to text types unless told not to. */
  private void contentType(String value) {
    response.setContentType(value);
    if (!value.toLowerCase(Locale.ROOT).contains("charset=")) {
      response.setCharacterEncoding(null);
    }
  }

  private boolean isHead() {
    return request.getMethod().equals("HEAD");
  }
}
