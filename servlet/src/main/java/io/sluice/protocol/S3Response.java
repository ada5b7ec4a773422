package io.sluice.protocol;

import io.sluice.storage.ObjectContent;
import io.sluice.storage.forward.ForwardedAnswer;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers: a status, headers and one of six kinds of body. Made by one operation
 * and written once.
 */
public abstract sealed class S3Response {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private S3Response(int status) {
    this.status = status;
  }

  /** No body. */
  public static S3Response empty(int status) {
    return new Empty(status);
  }

  /** 200 with a document: a record that the XML mapper knows how to write. */
  public static S3Response ok(Object document) {
    return new Xml(200, document);
  }

  /**
   * Bytes that are stored as they are sent, such as JSON.
   *
   * @param contentType their type
   */
  public static S3Response bytes(int status, String contentType, byte[] bytes) {
    return new Bytes(status, bytes).header("Content-Type", contentType);
  }

  /** A status with a document. */
  public static S3Response xml(int status, Object document) {
    return new Xml(status, document);
  }

  /** An object's bytes; whoever writes the response closes the content. */
  public static S3Response content(int status, ObjectContent content) {
    return new Content(status, content);
  }

  /**
   * What may take long: answered as it is when it is ready soon, else 200, spaces to keep the
   * connection alive, and then the document or an error document.
   */
  public static S3Response deferred(DeferredResult result) {
    return new DeferredXml(result);
  }

  /** What another S3 answered, with its headers; whoever writes the response closes the answer. */
  public static S3Response forwarded(ForwardedAnswer answer) {
    return new Forwarded(answer);
  }

  /** Computes a deferred response, which has a document. */
  @FunctionalInterface
  public interface DeferredResult {
    /**
     * The response, as {@link #ok} makes it. While nothing has been sent, its status and headers,
     * or the exception's, are those of the answer; later its document follows a status 200.
     */
    S3Response compute() throws IOException;
  }

  /** Adds a header; null adds nothing. */
  public S3Response header(String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The headers in the order in which they were added. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /** Hands the body to the sink. */
  public abstract void writeTo(ResponseSink sink) throws IOException;

  /** Where a response's body goes. */
  public interface ResponseSink {
    /** There is no body. */
    void empty() throws IOException;

    /** The body is a document. */
    void xml(Object document) throws IOException;

    /** The body is a few bytes. */
    void bytes(byte[] bytes) throws IOException;

    /** The body is an object's bytes; the sink closes the content, also when it fails. */
    void content(ObjectContent content) throws IOException;

    /** Headers and body are another S3's; the sink closes the answer, also when it fails. */
    void forwarded(ForwardedAnswer answer) throws IOException;

    /** The body is a document that takes time. */
    void deferred(DeferredResult result) throws IOException;
  }

  /** No body. */
  public static final class Empty extends S3Response {
    private Empty(int status) {
      super(status);
    }

    @Override
    public void writeTo(ResponseSink sink) throws IOException {
      sink.empty();
    }
  }

  /** A document. */
  public static final class Xml extends S3Response {
    private final Object document;

    private Xml(int status, Object document) {
      super(status);
      this.document = document;
    }

    /** The document. */
    public Object document() {
      return document;
    }

    @Override
    public void writeTo(ResponseSink sink) throws IOException {
      sink.xml(document);
    }
  }

  /** A few bytes. */
  public static final class Bytes extends S3Response {
    private final byte[] bytes;

    private Bytes(int status, byte[] bytes) {
      super(status);
      this.bytes = bytes;
    }

    @Override
    public void writeTo(ResponseSink sink) throws IOException {
      sink.bytes(bytes);
    }
  }

  /** An object's bytes. */
  public static final class Content extends S3Response {
    private final ObjectContent content;

    private Content(int status, ObjectContent content) {
      super(status);
      this.content = content;
    }

    /** The content. */
    public ObjectContent content() {
      return content;
    }

    @Override
    public void writeTo(ResponseSink sink) throws IOException {
      sink.content(content);
    }
  }

  /** What another S3 answered. */
  public static final class Forwarded extends S3Response {
    private final ForwardedAnswer answer;

    private Forwarded(ForwardedAnswer answer) {
      super(answer.status());
      this.answer = answer;
    }

    @Override
    public void writeTo(ResponseSink sink) throws IOException {
      sink.forwarded(answer);
    }
  }

  /** A document that takes time. */
  public static final class DeferredXml extends S3Response {
    private final DeferredResult result;

    private DeferredXml(DeferredResult result) {
      super(200);
      this.result = result;
    }

    /** The computation, whose response has the headers that this one was given. */
    public DeferredResult result() {
      return () -> {
        S3Response response = result.compute();
        headers().forEach(response::header);
        return response;
      };
    }

    @Override
    public void writeTo(ResponseSink sink) throws IOException {
      sink.deferred(result());
    }
  }
}
