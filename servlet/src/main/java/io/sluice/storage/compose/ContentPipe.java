package io.sluice.storage.compose;

import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * An open object as a stream: stores push an object's bytes into a sink and pull a payload's from a
 * stream, and between two of them somebody has to hold a few blocks. The object is read by a thread
 * of its own; what it throws is thrown by the read that comes upon it, at the end of the bytes
 * before. Read by one thread; closing it closes the object.
 */
public final class ContentPipe extends InputStream {
  private static final int BLOCKS = 8;

  private final ObjectContent content;
  private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
  private final Thread reader;
  private Block current = new Block(new byte[0], null);
  private int position;
  private boolean ended;
  private volatile boolean closed;

  /** Bytes, or an end: with a fault, a bad one. */
  private static final class Block {
    final byte @Nullable [] bytes;
    final @Nullable Throwable fault;

    Block(byte @Nullable [] bytes, @Nullable Throwable fault) {
      this.bytes = bytes;
      this.fault = fault;
    }
  }

  /** Begins to read an object. */
  public ContentPipe(ObjectContent content) {
    this.content = content;
    this.reader = new Thread(this::run, "sluice-pipe");
    reader.setDaemon(true);
    reader.start();
  }

  private void run() {
    Throwable fault = null;
    try {
      content.transferTo(new Blocks());
    } catch (IOException | RuntimeException e) {
      fault = e;
    }
    try {
      blocks.put(new Block(null, fault));
    } catch (InterruptedException e) {
      // Whoever closed the pipe does not read its end.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended && current.bytes != null && position == current.bytes.length) {
      take();
    }
    byte[] bytes = current.bytes;
    if (ended || bytes == null) {
      return -1;
    }
    int count = Math.min(length, bytes.length - position);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  private void take() throws IOException {
    try {
      current = blocks.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    position = 0;
    ended = current.bytes == null;
    if (current.fault instanceof IOException fault) {
      throw fault;
    }
    if (current.fault instanceof RuntimeException fault) {
      throw fault;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    reader.interrupt();
    blocks.clear();
    content.close();
  }

  /** Takes what the object sends. */
  private final class Blocks implements ContentSink {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      put(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      put(copy);
    }

    private void put(byte[] bytes) throws IOException {
      if (closed) {
        throw new IOException("Nobody reads the object any more");
      }
      try {
        blocks.put(new Block(bytes, null));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }
}
