package io.sluice.storage.cache;

import io.sluice.model.ObjectInfo;
import io.sluice.storage.ObjectContent;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The reads of cold pieces that are under way: one of each. Thread-safe. */
final class Fills implements Closeable {
  private final CacheSpace space;
  private final CacheCounts counts;
  private final Map<Piece, Slot> slots = new ConcurrentHashMap<>();
  private final ExecutorService fillers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "sluice-fill");
            thread.setDaemon(true);
            return thread;
          });

  /** Opens a piece that is read once for all who ask. */
  @FunctionalInterface
  interface Opening {
    /** The piece from its begin; null when what was opened is not to be kept. */
    @Nullable ObjectContent open() throws IOException;
  }

  /**
   * A read that somebody takes part in.
   *
   * @param content the bytes; null when there is nobody to follow (any more)
   * @param led whether it was begun for this reader
   */
  record Joined(@Nullable ObjectContent content, boolean led) {}

  /** A read of a cold piece that may not have begun yet. */
  private static final class Slot {
    final CompletableFuture<@Nullable CacheFill> fill = new CompletableFuture<>();
    private boolean outdated;

    synchronized void outdate() {
      outdated = true;
      CacheFill begun = fill.getNow(null);
      if (begun != null) {
        begun.outdate();
      }
    }

    synchronized void begin(CacheFill begun) {
      if (outdated) {
        begun.outdate();
      }
      fill.complete(begun);
    }
  }

  Fills(CacheSpace space, CacheCounts counts) {
    this.space = space;
    this.counts = counts;
  }

  /**
   * Follows the read of a piece, or begins it. What is too large to be kept is handed out as it
   * comes, to this reader alone.
   *
   * @throws IOException when a read that begins here cannot
   */
  Joined join(Piece piece, Opening opening) throws IOException {
    Slot own = new Slot();
    Slot slot = slots.putIfAbsent(piece, own);
    if (slot == null) {
      return new Joined(lead(piece, opening, own), true);
    }
    try {
      CacheFill fill = slot.fill.join();
      return new Joined(fill == null ? null : fill.follow(), false);
    } catch (CompletionException e) {
      // The other reader has been told why; this one has to ask for itself.
      return new Joined(null, false);
    }
  }

  /**
   * Begins the read of a piece, whose bytes are then kept; opens it all the same where it is being
   * read already.
   *
   * @return what was opened, or what follows it
   */
  @Nullable ObjectContent adopt(Piece piece, Opening opening) throws IOException {
    Slot own = new Slot();
    return slots.putIfAbsent(piece, own) == null ? lead(piece, opening, own) : opening.open();
  }

  /** The object of which a piece is being read; null when none is. */
  @Nullable ObjectInfo underway(Piece piece) {
    Slot slot = slots.get(piece);
    if (slot == null || slot.fill.isCompletedExceptionally()) {
      return null;
    }
    CacheFill fill = slot.fill.getNow(null);
    return fill == null ? null : fill.info();
  }

  /** Begins the one read; whatever happens, the slot is free again when nothing reads any more. */
  private @Nullable ObjectContent lead(Piece piece, Opening opening, Slot slot) throws IOException {
    CacheFill fill = null;
    ObjectContent own = null;
    boolean running = false;
    try {
      ObjectContent content = opening.open();
      if (content == null || content.range().length() > space.settings().largestBytes()) {
        slot.fill.complete(null);
        return content;
      }
      fill = begin(piece, content);
      counts.began();
      own = fill.follow();
      if (own == null) {
        throw new IllegalStateException("a fill that nobody can follow");
      }
      slot.begin(fill);
      CacheFill begun = fill;
      fillers.execute(() -> run(piece, slot, begun));
      running = true;
      return own;
    } catch (IOException | RuntimeException | Error e) {
      slot.fill.completeExceptionally(e);
      throw e;
    } finally {
      if (!running) {
        slots.remove(piece, slot);
        if (own != null) {
          own.close();
        }
        if (fill != null) {
          counts.ended(piece, false);
          fill.abandon();
          fill.end();
        }
      }
    }
  }

  private CacheFill begin(Piece piece, ObjectContent content) throws IOException {
    try {
      return new CacheFill(piece, content, space);
    } catch (IOException | RuntimeException | Error e) {
      content.close();
      throw e;
    }
  }

  private void run(Piece piece, Slot slot, CacheFill fill) {
    try {
      fill.run();
    } finally {
      counts.ended(piece, fill.isKept());
      slots.remove(piece, slot);
      fill.end();
    }
  }

  /** Has nothing kept of what is being read of an object, and nobody follow it any more. */
  void outdate(CacheKey key) {
    for (Piece piece : slots.keySet().stream().filter(one -> one.key().equals(key)).toList()) {
      Slot slot = slots.remove(piece);
      if (slot != null) {
        slot.outdate();
      }
    }
  }

  @Override
  public void close() {
    fillers.shutdownNow();
  }
}
