package io.sluice.storage;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import java.io.Closeable;
import java.io.IOException;

/**
 * An open object: its information, the bytes asked for, and a way to send them. Confined to one
 * request; what it holds open is released by {@link #close()}.
 */
public interface ObjectContent extends Closeable {
  /** The object. */
  ObjectInfo info();

  /**
   * The bytes that {@link #transferTo} sends: the whole object unless a range or part was asked
   * for.
   */
  ByteRange.Resolved range();

  /**
   * Sends the bytes in the cheapest form that the sink takes. Callable once.
   *
   * @throws IOException when the back end or the sink fails, or stored bytes turn out damaged
   */
  void transferTo(ContentSink sink) throws IOException;
}
