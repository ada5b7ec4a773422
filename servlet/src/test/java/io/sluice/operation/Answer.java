package io.sluice.operation;

import io.sluice.model.ByteRange;
import io.sluice.protocol.S3Response;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.xml.XmlBodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answered, as a client would see it.
 *
 * @param status the status
 * @param headers the headers, names in any letter case
 * @param body the body as text; empty for none
 */
public record Answer(int status, Map<String, String> headers, String body) {
  static Answer of(S3Response response) throws IOException {
    if (response instanceof S3Response.DeferredXml deferred) {
      return of(deferred.result().compute());
    }
    Body body = new Body();
    response.writeTo(body);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers());
    return new Answer(
        response.status(), headers, body.bytes.toString(StandardCharsets.UTF_8).strip());
  }

  /** One header; null when absent. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The text of the first element of this name; null when there is none. */
  public @Nullable String element(String name) {
    int begin = body.indexOf("<" + name + ">");
    int end = body.indexOf("</" + name + ">");
    return begin < 0 ? null : body.substring(begin + name.length() + 2, end);
  }

  private static final class Body implements S3Response.ResponseSink, ContentSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void empty() {}

    @Override
    public void xml(Object document) {
      bytes.writeBytes(XmlBodies.write(document));
    }

    @Override
    public void bytes(byte[] document) {
      bytes.writeBytes(document);
    }

    @Override
    public void content(ObjectContent content) throws IOException {
      try (content) {
        content.transferTo(this);
        ByteRange.Resolved range = content.range();
        if (bytes.size() != range.length()) {
          throw new IOException(bytes.size() + " bytes sent of " + range.length());
        }
      }
    }

    @Override
    public void forwarded(ForwardedAnswer answer) throws IOException {
      try (answer) {
        answer.transferTo(bytes);
      }
    }

    @Override
    public void deferred(S3Response.DeferredResult result) {
      throw new IllegalStateException("computed before it is written");
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes.write(source, offset, length);
    }

    @Override
    public void write(ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      bytes.writeBytes(copy);
    }
  }
}
