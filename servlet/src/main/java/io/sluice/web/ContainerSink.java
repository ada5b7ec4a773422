package io.sluice.web;

import io.sluice.storage.ContentSink;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes an object's bytes in the cheapest form that the container has. Confined to one request. */
final class ContainerSink implements ContentSink {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Tomcat: below its own {@code sendfileSize} the copy is cheaper. */
  private static final long SENDFILE_MIN_BYTES = 48 * 1024;

  /** Tomcat opens the file when the servlet has returned, and tells nobody; an open file may go. */
  private static final long SENDFILE_OPENED_SECONDS = 30;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(SENDFILE_OPENED_SECONDS, TimeUnit.SECONDS);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final long lengthBytes;

  ContainerSink(HttpServletRequest request, HttpServletResponse response, long lengthBytes) {
    this.request = request;
    this.response = response;
    this.lengthBytes = lengthBytes;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      response.getOutputStream().write(bytes, offset, length);
      Exchange.of(request).sent(length);
    } catch (IOException e) {
      throw new ConnectionException(e);
    }
  }

  /** The same as a stream. */
  OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        ContainerSink.this.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ContainerSink.this.write(bytes, offset, length);
      }
    };
  }

  @Override
  public void write(ByteBuffer buffer) throws IOException {
    if (buffer.hasArray()) {
      write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
      buffer.position(buffer.limit());
      return;
    }
    ServletOutputStream out = response.getOutputStream();
    MethodHandle direct = direct(out.getClass());
    if (direct != null) {
      write(buffer, out, direct);
      return;
    }
    byte[] heap = new byte[Math.min(buffer.remaining(), BUFFER_BYTES)];
    while (buffer.hasRemaining()) {
      int count = Math.min(buffer.remaining(), heap.length);
      buffer.get(heap, 0, count);
      write(heap, 0, count);
    }
  }

  private void write(ByteBuffer buffer, ServletOutputStream out, MethodHandle direct)
      throws IOException {
    int length = buffer.remaining();
    try {
      direct.invokeExact(out, buffer);
    } catch (IOException e) {
      throw new ConnectionException(e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    buffer.position(buffer.limit());
    Exchange.of(request).sent(length);
  }

  /** How a kind of stream takes a buffer; without a handle it does not. */
  private record Writing(Class<?> stream, @Nullable MethodHandle handle) {}

  private static volatile @Nullable Writing last;

  /**
   * The method that spares a copy. Servlet 6.1 has it, and so have the streams of older containers
   * by themselves.
   */
  private static @Nullable MethodHandle direct(Class<?> stream) {
    Writing known = last;
    if (known == null || known.stream() != stream) {
      known = new Writing(stream, find(stream));
      last = known;
    }
    return known.handle();
  }

  private static @Nullable MethodHandle find(Class<?> stream) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(stream, "write", MethodType.methodType(void.class, ByteBuffer.class))
          .asType(MethodType.methodType(void.class, ServletOutputStream.class, ByteBuffer.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  @Override
  public boolean sendFile(Path file, long offset, long length, Runnable sent) {
    boolean fits = length == lengthBytes && length >= SENDFILE_MIN_BYTES && !request.isSecure();
    if (!fits || !Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
      return false;
    }
    request.setAttribute("org.apache.tomcat.sendfile.filename", file.toAbsolutePath().toString());
    request.setAttribute("org.apache.tomcat.sendfile.start", offset);
    request.setAttribute("org.apache.tomcat.sendfile.end", offset + length);
    Exchange.of(request).sent(length);
    later(sent);
    return true;
  }

  /** The JDK's thread outlives the application, so it must not begin with our class loader. */
  private static void later(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader application = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      LATER.execute(task);
    } finally {
      thread.setContextClassLoader(application);
    }
  }
}
