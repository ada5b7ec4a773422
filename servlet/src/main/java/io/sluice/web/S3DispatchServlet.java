package io.sluice.web;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.Storage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Every operation but those of {@link MultipartServlet}, to which it forwards the rest. */
public final class S3DispatchServlet extends OperationServlet {
  private static final long serialVersionUID = 1L;

  /** A servlet over the handlers of all other rows. */
  S3DispatchServlet(List<OperationHandler> handlers, Storage storage, Elsewhere elsewhere) {
    super(handlers.stream().filter(h -> !h.operation().multipart()).toList(), storage, elsewhere);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Exchange exchange = Exchange.of(request);
    RequestDispatcher multipart =
        exchange.operation().get().multipart()
            ? request.getServletContext().getNamedDispatcher(MultipartServlet.class.getName())
            : null;
    if (multipart == null) {
      handle(exchange, request, response);
    } else {
      multipart.forward(request, response);
    }
  }
}
