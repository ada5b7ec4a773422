package io.sluice.web;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.Storage;
import java.util.List;

/** Multipart uploads and form uploads. Reached from {@link S3DispatchServlet} by its name. */
public final class MultipartServlet extends OperationServlet {
  private static final long serialVersionUID = 1L;

  /** A servlet over the handlers of multipart rows. */
  MultipartServlet(List<OperationHandler> handlers, Storage storage, Elsewhere elsewhere) {
    super(handlers.stream().filter(h -> h.operation().multipart()).toList(), storage, elsewhere);
  }
}
