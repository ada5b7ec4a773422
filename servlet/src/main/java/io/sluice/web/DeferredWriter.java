package io.sluice.web;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.protocol.S3Response;
import io.sluice.xml.ErrorDocument;
import io.sluice.xml.XmlBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers something slow. What is ready soon gets its true status; after that the client is kept
 * waiting with a 200 and spaces, and learns from the document how it went. Used once.
 *
 * <p>The declaration goes out first, because white space may not stand in front of it.
 */
final class DeferredWriter {
  private static final Logger LOG = LoggerFactory.getLogger(DeferredWriter.class);
  private static final long PAUSE_SECONDS = 5;
  private static final byte[] DECLARATION =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.UTF_8);
  private static final ExecutorService WORKERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "sluice-deferred");
            thread.setDaemon(true);
            return thread;
          });

  private final Exchange exchange;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ContainerSink sink;

  DeferredWriter(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
    this.exchange = exchange;
    this.request = request;
    this.response = response;
    this.sink = new ContainerSink(request, response, -1);
  }

  /** The response when it is ready soon; null when it has been written here. */
  @Nullable S3Response write(S3Response.DeferredResult result) throws IOException {
    Future<S3Response> future = WORKERS.submit(result::compute);
    S3Response ready = await(future);
    if (ready != null) {
      return ready;
    }
    sink.write(DECLARATION, 0, DECLARATION.length);
    Object document = null;
    while (document == null) {
      sink.write(new byte[] {' '}, 0, 1);
      response.flushBuffer();
      document = awaitDocument(future);
    }
    byte[] body = withoutDeclaration(XmlBodies.write(document));
    sink.write(body, 0, body.length);
    return null;
  }

  private @Nullable Object awaitDocument(Future<S3Response> future) {
    try {
      S3Response late = await(future);
      return late == null ? null : ((S3Response.Xml) late).document();
    } catch (S3Exception e) {
      return refusal(e);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} failed behind its status", request.getRequestURI(), e);
      return refusal(S3ErrorCode.INTERNAL_ERROR.exception());
    }
  }

  private ErrorDocument refusal(S3Exception e) {
    exchange.errorCode().set(e.code().wireCode());
    return ErrorDocument.of(e, request.getRequestURI(), exchange.requestId(), exchange.hostId());
  }

  /** The response, or null when it takes longer still. */
  private static @Nullable S3Response await(Future<S3Response> future) throws IOException {
    try {
      return future.get(PAUSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a result was awaited", e);
    } catch (ExecutionException | CancellationException e) {
      Throwable cause = e.getCause();
      if (cause instanceof S3Exception refusal) {
        throw refusal;
      }
      throw new IOException("a deferred result failed", cause);
    }
  }

  private static byte[] withoutDeclaration(byte[] document) {
    int i = 0;
    while (i < document.length && document[i] != '>') {
      i++;
    }
    boolean declared = document.length > 1 && document[1] == '?';
    return declared ? Arrays.copyOfRange(document, i + 1, document.length) : document;
  }
}
