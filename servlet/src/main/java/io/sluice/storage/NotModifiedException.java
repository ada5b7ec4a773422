package io.sluice.storage;

import io.sluice.model.ObjectInfo;

/** A read's conditions say that the client has it already: an answer, not a fault. */
public final class NotModifiedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectInfo info;

  /** The unmodified object. */
  public NotModifiedException(ObjectInfo info) {
    super("Not Modified", null, false, false);
    this.info = info;
  }

  /** The object that the client has. */
  public ObjectInfo info() {
    return info;
  }
}
