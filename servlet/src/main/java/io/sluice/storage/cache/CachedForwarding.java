package io.sluice.storage.cache;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.forward.SignedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Signed requests past a cache. What one of them reads whole is kept, and it reads what is here
 * only when the back end, asked with its own signature, says that nothing has changed: that is how
 * it is known that whoever signed may read it. What one of them changes goes from here.
 * Thread-safe.
 *
 * @param there where they go
 * @param reads what reads and keeps
 */
record CachedForwarding(SignedForwarding there, CacheReads reads) implements SignedForwarding {
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final String IF_NONE_MATCH = "if-none-match";

  @Override
  public String region() {
    return there.region();
  }

  @Override
  public boolean expects(String accessKeyId) {
    return there.expects(accessKeyId);
  }

  @Override
  public ForwardedAnswer send(SignedRequest request) throws IOException {
    if (request.effect().changed().isEmpty()) {
      return there.send(request);
    }
    ForwardedAnswer answer;
    try {
      answer = there.send(request);
    } catch (IOException
        | RuntimeException e) { // its answer is lost, which says nothing of the change
      invalidate(request);
      throw e;
    }
    if (isRefusal(answer.status())) {
      return answer;
    }
    Changed changed = new Changed(answer, request);
    changed.forget();
    return changed;
  }

  /** Nothing has changed then; whoever forges a signature must not empty a cache. */
  private static boolean isRefusal(int status) {
    return status / 100 == 4;
  }

  private void invalidate(SignedRequest request) throws IOException {
    for (ObjectKey key : request.effect().changed()) {
      reads.invalidate(new CacheKey(request.bucket(), key));
    }
  }

  @Override
  public Optional<ForwardedAnswer> read(SignedRequest request) throws IOException {
    CacheKey key = new CacheKey(request.bucket(), Objects.requireNonNull(request.key(), "no key"));
    ObjectInfo known = reads.known(key);
    boolean head = request.method().equals("HEAD");
    if (head && (known == null || !reads.trustsSigned())) {
      return Optional.of(there.send(request));
    }
    if (known == null) {
      boolean part = request.headers().keySet().stream().anyMatch(CachedForwarding::asksForLess);
      return Optional.of(part ? there.send(request) : readCold(key, request));
    }
    if (reads.trustsSigned()) {
      return Optional.empty();
    }
    ForwardedAnswer answer = there.send(request.with(IF_NONE_MATCH, known.etag().quoted()));
    if (answer.status() == NOT_MODIFIED) {
      answer.close();
      return Optional.empty();
    }
    if (answer.status() == OK) {
      reads.invalidate(key);
    }
    return Optional.of(answer);
  }

  private static boolean asksForLess(String header) {
    return header.equals("range") || header.startsWith("if-");
  }

  /** The slot of the read is taken before it begins, so that a write meanwhile outdates it. */
  private ForwardedAnswer readCold(CacheKey key, SignedRequest request) throws IOException {
    Cold cold = new Cold(request);
    ObjectContent followed = reads.adopt(key, cold);
    ForwardedAnswer answer = Objects.requireNonNull(cold.answer);
    return followed == null || followed instanceof Whole ? answer : new Followed(answer, followed);
  }

  /** A read that is sent when its slot is taken. Confined to one request. */
  private final class Cold implements Fills.Opening {
    private final SignedRequest request;
    private @Nullable ForwardedAnswer answer;

    Cold(SignedRequest request) {
      this.request = request;
    }

    @Override
    public @Nullable ObjectContent open() throws IOException {
      ForwardedAnswer answered = there.send(request);
      answer = answered;
      if (answered.status() != OK || answered.lengthBytes().isEmpty()) {
        return null;
      }
      ObjectInfo object = answered.object(request);
      return object.etag().value().isEmpty() ? null : new Whole(answered, object);
    }
  }

  /** A whole object that an answer brings. */
  private record Whole(ForwardedAnswer answer, ObjectInfo info) implements ObjectContent {
    @Override
    public ByteRange.Resolved range() {
      return new ByteRange.Resolved(0, info.sizeBytes());
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      answer.transferTo(
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              sink.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              sink.write(bytes, offset, length);
            }
          });
    }

    @Override
    public void close() throws IOException {
      answer.close();
    }
  }

  /** An answer that is told as it is. */
  private abstract static class Relayed implements ForwardedAnswer {
    final ForwardedAnswer answer;

    Relayed(ForwardedAnswer answer) {
      this.answer = answer;
    }

    @Override
    public int status() {
      return answer.status();
    }

    @Override
    public Map<String, List<String>> headers() {
      return answer.headers();
    }

    @Override
    public OptionalLong lengthBytes() {
      return answer.lengthBytes();
    }

    @Override
    public ObjectInfo object(SignedRequest request) {
      return answer.object(request);
    }
  }

  /** An answer whose body is read from what is kept of it, since it is read once. */
  private static final class Followed extends Relayed {
    private final ObjectContent content;

    Followed(ForwardedAnswer answer, ObjectContent content) {
      super(answer);
      this.content = content;
    }

    @Override
    public ObjectInfo object(SignedRequest request) {
      return content.info();
    }

    @Override
    public void transferTo(OutputStream sink) throws IOException {
      content.transferTo(
          new ContentSink() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              sink.write(bytes, offset, length);
            }

            @Override
            public void write(ByteBuffer buffer) throws IOException {
              byte[] copy = new byte[buffer.remaining()];
              buffer.get(copy);
              sink.write(copy, 0, copy.length);
            }
          });
    }

    /** Whoever keeps it closes the answer. */
    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /**
   * The answer to a change. What is kept is forgotten before any byte of it goes on, as another S3
   * may have answered before it was done (a completion of parts), and whoever has the last byte may
   * read at once.
   */
  private final class Changed extends Relayed {
    private final SignedRequest request;

    Changed(ForwardedAnswer answer, SignedRequest request) {
      super(answer);
      this.request = request;
    }

    @Override
    public void transferTo(OutputStream sink) throws IOException {
      answer.transferTo(
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              forget();
              sink.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              forget();
              sink.write(bytes, offset, length);
            }
          });
    }

    void forget() throws IOException {
      invalidate(request);
    }

    @Override
    public void close() throws IOException {
      try {
        answer.close();
      } finally {
        forget();
      }
      ObjectKey made = request.effect().made();
      if (made != null && answer.status() == OK) {
        reads.written(new CacheKey(request.bucket(), made));
      }
    }
  }
}
