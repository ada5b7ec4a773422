package io.sluice.storage.remote.forward;

import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;

/** An answer of a remote, on its way. Confined to one request. */
final class RemoteAnswer implements ForwardedAnswer {
  private static final int BUFFER = 64 * 1024;

  private final HttpExecuteResponse answer;
  private final RemoteForwarding.Objects objects;
  private boolean finished;

  RemoteAnswer(HttpExecuteResponse answer, RemoteForwarding.Objects objects) {
    this.answer = answer;
    this.objects = objects;
  }

  @Override
  public int status() {
    return answer.httpResponse().statusCode();
  }

  @Override
  public Map<String, List<String>> headers() {
    Map<String, List<String>> kept = new LinkedHashMap<>(answer.httpResponse().headers());
    kept.keySet()
        .removeIf(
            name -> RemoteForwarding.OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
    return kept;
  }

  @Override
  public OptionalLong lengthBytes() {
    String length = answer.httpResponse().firstMatchingHeader("Content-Length").orElse("");
    return length.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(length))
        : OptionalLong.empty();
  }

  @Override
  public ObjectInfo object(SignedRequest request) {
    ObjectKey key = Objects.requireNonNull(request.key(), "no key");
    return objects.read(ObjectRef.of(request.bucket(), key), answer.httpResponse());
  }

  @Override
  public void transferTo(OutputStream sink) throws IOException {
    AbortableInputStream body = answer.responseBody().orElse(null);
    long sent = 0;
    if (body != null) {
      byte[] buffer = new byte[BUFFER];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        sink.write(buffer, 0, count);
        sent += count;
      }
    }
    OptionalLong length = lengthBytes();
    if (length.isPresent() && length.getAsLong() != sent) {
      throw new IOException("The remote sent " + sent + " of " + length.getAsLong() + " bytes");
    }
    finished = true;
  }

  /** A connection whose answer was not read to its end is of no more use. */
  @Override
  public void close() throws IOException {
    @Nullable AbortableInputStream body = answer.responseBody().orElse(null);
    if (body != null) {
      if (finished) {
        body.close();
      } else {
        body.abort();
      }
    }
  }
}
