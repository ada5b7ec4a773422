package io.sluice.storage.forward;

import io.sluice.model.ObjectInfo;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What another S3 answers. Confined to one request; what it holds open is released by closing. */
public interface ForwardedAnswer extends Closeable {
  /** The status. */
  int status();

  /** The headers that are about the answer, and not about the connection it came over. */
  Map<String, List<String>> headers();

  /** The length of the body in bytes; empty when the answer does not tell. */
  OptionalLong lengthBytes();

  /**
   * The object that an answer with status 200 to a read or a HEAD of a whole object tells.
   *
   * @param request what was asked
   */
  ObjectInfo object(SignedRequest request);

  /**
   * Sends the body. Callable once.
   *
   * @throws IOException when either side breaks off, or the body is not as long as was told
   */
  void transferTo(OutputStream sink) throws IOException;
}
