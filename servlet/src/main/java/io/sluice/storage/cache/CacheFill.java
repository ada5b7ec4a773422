package io.sluice.storage.cache;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.ByteRange;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One read of a cold object or block, for everybody who asks for it meanwhile. A thread of its own
 * writes the bytes into a file that has no name any more (a crash leaves nothing), and readers
 * follow as it grows, each at its own pace. When all bytes are there, and are as many as were told,
 * and have the MD5 that the entity tag says, a copy is committed to the cache's space: unless
 * somebody wrote to the object since the read began. A read that breaks off breaks off for its
 * readers, and nothing is kept. Thread-safe.
 */
final class CacheFill {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFill.class);
  private static final int BUFFER = 64 * 1024;
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private final Piece piece;
  private final ObjectContent source;
  private final ObjectInfo info;
  private final ByteRange.Resolved range;
  private final CacheSpace space;
  private final FileChannel file;
  private final Object commit = new Object();

  /** Guarded by {@code commit}, so that readers need not wait for a commit. */
  private boolean outdated;

  // Guarded by this.
  private long available;
  private int holders = 1;
  private boolean complete;
  private boolean ended;
  private boolean kept;
  private @Nullable IOException fault;

  CacheFill(Piece piece, ObjectContent source, CacheSpace space) throws IOException {
    this.piece = piece;
    this.source = source;
    this.info = source.info();
    this.range = source.range();
    this.space = space;
    Path path = Files.createTempFile(space.settings().fills(), "fill", null);
    this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path);
  }

  /** Reads the object and keeps it; runs in a thread of its own, and is followed by an end. */
  void run() {
    try {
      try (source) {
        source.transferTo(new Growing());
      }
      if (available() != range.length()) {
        throw new EOFException("The object ended at byte " + available() + " of " + range.length());
      }
      finish(null);
      keep();
    } catch (IOException e) {
      finish(e);
      LOG.warn("{} of {} was not kept: {}", piece.key().key(), piece.key().bucket(), e.toString());
    } catch (RuntimeException e) {
      finish(new IOException(e));
      LOG.warn("{} of {} was not kept", piece.key().key(), piece.key().bucket(), e);
    } finally {
      release();
    }
  }

  /** Gives up a read that never ran: whoever follows is told, and nothing stays open. */
  void abandon() {
    finish(new IOException("The read did not begin"));
    try {
      source.close();
    } catch (IOException e) {
      LOG.warn("A read of {} of {} did not close", piece.key().key(), piece.key().bucket(), e);
    }
    release();
  }

  /** Says that nothing more happens: nobody waits, not even when the thread died of an error. */
  synchronized void end() {
    if (!complete && fault == null) {
      fault = new IOException("The read ended before the object did");
    }
    ended = true;
    notifyAll();
  }

  /** The object that is read. */
  ObjectInfo info() {
    return info;
  }

  synchronized boolean isKept() {
    return kept;
  }

  private void keep() throws IOException {
    synchronized (commit) {
      if (!outdated) {
        space.keep(piece, info, new Filled());
        synchronized (this) {
          kept = true;
        }
      }
    }
  }

  /** Says that the object was written to: what is read here is not kept. Waits for a commit. */
  void outdate() {
    synchronized (commit) {
      outdated = true;
    }
  }

  /** Says how the read ended; what happens behind its end, to the copy, is no reader's concern. */
  private synchronized void finish(@Nullable IOException reason) {
    if (!complete && fault == null) {
      complete = reason == null;
      fault = reason;
    }
    notifyAll();
  }

  private synchronized long available() {
    return available;
  }

  /** Another reader; null when the file is gone, since the copy is there or failed. */
  synchronized @Nullable ObjectContent follow() {
    if (holders == 0 || fault != null) {
      return null;
    }
    holders++;
    return new Follower();
  }

  private void release() {
    boolean last;
    synchronized (this) {
      holders--;
      last = holders == 0;
    }
    if (last) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.warn("A file of the cache did not close", e);
      }
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException();
  }

  /** Waits for bytes behind a position; how many there are, 0 at the end. */
  private synchronized long await(long position) throws IOException {
    while (available <= position && !complete && fault == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    if (available <= position && fault != null) {
      throw new IOException("The object broke off at byte " + position, fault);
    }
    return available - position;
  }

  private int read(ByteBuffer buffer, long position) throws IOException {
    long ready = await(position);
    if (ready == 0) {
      return -1;
    }
    buffer.limit((int) Math.min(buffer.limit(), buffer.position() + ready));
    return file.read(buffer, position);
  }

  /** Takes the bytes of the back end. */
  private final class Growing implements ContentSink {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      long position = available();
      while (buffer.hasRemaining()) {
        position += file.write(buffer, position);
      }
      synchronized (CacheFill.this) {
        available = position;
        CacheFill.this.notifyAll();
      }
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      write(copy, 0, copy.length);
    }
  }

  /** One reader. Confined to one request. */
  final class Follower implements ObjectContent {
    private long from;
    private long to = range.length();
    private boolean closed;

    @Override
    public ObjectInfo info() {
      return info;
    }

    @Override
    public ByteRange.Resolved range() {
      return new ByteRange.Resolved(range.offset() + from, to - from);
    }

    /** Has only a part of the bytes sent; offsets are those of the piece. */
    void narrow(long first, long behind) {
      from = first;
      to = behind;
    }

    /**
     * Waits for the end.
     *
     * @return whether the object is kept
     * @throws IOException when the read broke off
     */
    boolean awaitKept() throws IOException {
      synchronized (CacheFill.this) {
        while (!ended) {
          try {
            CacheFill.this.wait();
          } catch (InterruptedException e) {
            throw interrupted();
          }
        }
        if (fault != null) {
          throw new IOException("The object broke off at byte " + available, fault);
        }
        return kept;
      }
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      byte[] bytes = new byte[BUFFER];
      long position = from;
      while (true) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(BUFFER, to - position));
        if (position == to && to < range.length()) {
          return;
        }
        int count = read(buffer, position);
        if (count < 0) {
          return;
        }
        sink.write(bytes, 0, count);
        position += count;
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release();
      }
    }
  }

  /**
   * The complete file on its way into the cache's space, told as the back end told it. Its MD5 is
   * made here, where no reader waits for it, and a wrong one keeps the copy from being committed.
   */
  private final class Filled extends InputStream implements Payload {
    private final @Nullable ChecksumDigest md5 =
        piece.isWhole() && MD5.matcher(info.etag().value()).matches()
            ? ChecksumDigest.of(ChecksumAlgorithm.MD5)
            : null;
    private long position;
    private boolean verified;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (position == range.length()) {
        verify();
        return -1;
      }
      int count = file.read(ByteBuffer.wrap(target, offset, length), position);
      if (count < 0) {
        throw new EOFException("The cache's file ended at byte " + position);
      }
      if (md5 != null) {
        md5.update(target, offset, count);
      }
      position += count;
      return count;
    }

    private void verify() throws IOException {
      if (md5 != null && !verified) {
        verified = true;
        String digest = HexFormat.of().formatHex(md5.digest());
        if (!digest.equals(info.etag().value())) {
          throw new IOException("its MD5 is " + digest + " and not its entity tag");
        }
      }
    }

    @Override
    public InputStream stream() {
      return this;
    }

    @Override
    public OptionalLong lengthBytes() {
      return OptionalLong.of(range.length());
    }

    @Override
    public ETag etag() {
      return info.etag();
    }

    @Override
    public List<Checksum> checksums() {
      return info.checksums();
    }
  }
}
