package io.sluice.storage.cache;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.contract.ContractFixture;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A back end that counts what is asked of it, and fails when told to. Thread-safe. */
final class WatchedStorage {
  private final Storage far;

  WatchedStorage(Storage far) {
    this.far = far;
  }

  final AtomicInteger gets = new AtomicInteger();
  final AtomicInteger heads = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  volatile boolean dies;
  volatile boolean down;
  volatile S3ErrorCode refusal = S3ErrorCode.SERVICE_UNAVAILABLE;
  volatile int cutAfter = Integer.MAX_VALUE;
  volatile CountDownLatch pause = new CountDownLatch(0);

  Storage storage() {
    ObjectStore objects =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (down) {
                    throw refusal.exception();
                  }
                  try {
                    if (method.getName().equals("head")) {
                      heads.incrementAndGet();
                    }
                    if (method.getName().equals("get")) {
                      gets.incrementAndGet();
                      return new Slow((ObjectContent) method.invoke(far.objects(), arguments));
                    }
                    return method.invoke(far.objects(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return (Storage)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("objects") ? objects : method.invoke(far, arguments));
  }

  /** Sends in small blocks, waits in the middle, and may break off. */
  private final class Slow implements ObjectContent {
    private final ObjectContent content;

    Slow(ObjectContent content) {
      this.content = content;
      open.incrementAndGet();
    }

    @Override
    public ObjectInfo info() {
      return content.info();
    }

    @Override
    public ByteRange.Resolved range() {
      return content.range();
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      ContractFixture.Collected all = new ContractFixture.Collected();
      content.transferTo(all);
      byte[] bytes = all.toBytes();
      for (int i = 0; i < bytes.length; i += 1000) {
        if (dies) {
          throw new StackOverflowError();
        }
        if (i >= cutAfter) {
          throw new IOException("cut");
        }
        if (i >= bytes.length / 2) {
          await(pause);
        }
        sink.write(bytes, i, Math.min(1000, bytes.length - i));
      }
    }

    @Override
    public void close() throws IOException {
      open.decrementAndGet();
      content.close();
    }
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
