package io.sluice.web;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.Capability;
import java.util.List;
import java.util.Set;

/** Multipart uploads and form uploads. Reached from {@link S3DispatchServlet} by its name. */
public final class MultipartServlet extends OperationServlet {
  private static final long serialVersionUID = 1L;

  /** A servlet over the handlers of multipart rows. */
  public MultipartServlet(List<OperationHandler> handlers, Set<Capability> capabilities) {
    super(handlers.stream().filter(h -> h.operation().multipart()).toList(), capabilities);
  }
}
