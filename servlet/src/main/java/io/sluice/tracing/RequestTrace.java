package io.sluice.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/** The span of a request. Confined to one request. */
public final class RequestTrace {
  static final RequestTrace NONE = new RequestTrace(Span.getInvalid());

  private static final int FIRST_SERVER_FAULT = 500;

  private final Span span;

  RequestTrace(Span span) {
    this.span = span;
  }

  /**
   * What became of a request. Neither bucket nor key is told: they may be secrets.
   *
   * @param operation wire name of the operation; a hyphen when it had none
   * @param status the HTTP status
   * @param errorCode S3's error code; null for none
   * @param requestId what the log calls it
   */
  public record Ended(String operation, int status, @Nullable String errorCode, String requestId) {}

  /** The number of its trace, for the log; empty when there is none. */
  public String traceId() {
    return span.getSpanContext().isValid() ? span.getSpanContext().getTraceId() : "";
  }

  /** The request ended. */
  public void end(Ended ended) {
    if (!span.isRecording()) {
      return;
    }
    if (!ended.operation().equals("-")) {
      span.updateName(ended.operation());
      span.setAttribute("rpc.system", "aws-api");
      span.setAttribute("rpc.service", "S3");
      span.setAttribute("rpc.method", ended.operation());
    }
    span.setAttribute("http.response.status_code", ended.status());
    span.setAttribute("aws.request_id", ended.requestId());
    if (ended.errorCode() != null) {
      span.setAttribute("error.type", ended.errorCode());
    }
    if (ended.status() >= FIRST_SERVER_FAULT) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
