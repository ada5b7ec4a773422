package io.sluice.web;

import io.sluice.auth.Authenticator;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.RequestGuards;
import io.sluice.operation.RequestPayment;
import io.sluice.operation.S3Operation;
import io.sluice.operation.forward.PassThrough;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hands a request to its operation and writes what that answers. Thread-safe. */
abstract sealed class OperationServlet extends HttpServlet
    permits S3DispatchServlet, MultipartServlet {
  private static final long serialVersionUID = 1L;

  private final transient Map<S3Operation, OperationHandler> handlers =
      new EnumMap<>(S3Operation.class);
  private final transient Set<Capability> capabilities;
  private final transient RequestGuards guards;

  private final transient Elsewhere elsewhere;

  /** What another S3 executes, and how its refusals end. */
  record Elsewhere(PassThrough passThrough, Refusals refusals) {}

  OperationServlet(List<OperationHandler> handlers, Storage storage, Elsewhere elsewhere) {
    this.elsewhere = elsewhere;
    for (OperationHandler handler : handlers) {
      if (this.handlers.put(handler.operation(), handler) != null) {
        throw new IllegalStateException("two handlers for " + handler.operation().wireName());
      }
    }
    this.capabilities = storage.capabilities();
    this.guards = new RequestGuards(storage.buckets());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    handle(Exchange.of(request), request, response);
  }

  final void handle(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    S3Request s3Request = exchange.request().get();
    Authenticator.Claim claim = exchange.elsewhere().peek().orElse(null);
    if (claim != null) {
      S3Response there =
          elsewhere
              .passThrough()
              .execute(
                  claim,
                  exchange.operation().get(),
                  s3Request,
                  exchange.headers(),
                  request.getQueryString())
              .orElse(null);
      if (there != null) {
        new ResponseWriter(request, response).write(there);
        if (there.status() >= HttpServletResponse.SC_MULTIPLE_CHOICES) {
          elsewhere.refusals().drain(exchange, request);
        }
        return;
      }
    }
    OperationHandler handler = handler(exchange.operation().get());
    boolean charged = guards.check(handler.operation(), s3Request);
    S3Response answer = handler.handle(s3Request);
    if (charged) {
      answer.header(RequestPayment.CHARGED, "requester");
    }
    new ResponseWriter(request, response).write(answer);
  }

  private OperationHandler handler(S3Operation operation) {
    OperationHandler handler = handlers.get(operation);
    if (handler == null || !capabilities.containsAll(handler.requires())) {
      throw S3ErrorCode.NOT_IMPLEMENTED
          .exception(operation.wireName() + " is not implemented here.")
          .with("Operation", operation.wireName());
    }
    return handler;
  }
}
