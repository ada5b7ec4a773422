package io.sluice.storage.cache;

import io.sluice.storage.maintenance.CacheStatus;
import io.sluice.storage.maintenance.StoreMetric;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What a cache counts since it was opened. Thread-safe. */
final class CacheCounts {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder filling = new LongAdder();
  private final LongAdder filled = new LongAdder();
  private final LongAdder blocksFilled = new LongAdder();
  private final LongAdder unfilled = new LongAdder();

  void hit() {
    hits.increment();
  }

  void miss() {
    misses.increment();
  }

  void began() {
    filling.increment();
  }

  void ended(Piece piece, boolean kept) {
    filling.decrement();
    if (kept) {
      (piece.isWhole() ? filled : blocksFilled).increment();
    }
  }

  /** An object was to be read in the background and was not. */
  void leftOut() {
    unfilled.increment();
  }

  CacheStatus status(CacheSpace space) {
    CacheSettings settings = space.settings();
    return new CacheStatus(
        "",
        settings.capacityBytes(),
        settings.highBytes(),
        settings.lowBytes(),
        space.bytes(),
        space.objects(),
        hits.sum(),
        misses.sum(),
        filling.sum(),
        filled.sum(),
        space.displaced(),
        unfilled.sum());
  }

  List<StoreMetric> metrics(CacheSpace space) {
    return List.of(
        StoreMetric.gauge("cache.used", "bytes", "What the caches hold", space::bytes),
        StoreMetric.gauge(
            "cache.capacity", "bytes", "What the caches may hold", space.settings()::capacityBytes),
        StoreMetric.gauge("cache.objects", "", "Objects that the caches hold", space::objects),
        StoreMetric.gauge(
            "cache.filling",
            "",
            "Objects and blocks that are being read into caches",
            filling::sum),
        StoreMetric.counter("cache.hits", "", "Reads answered from a cache", hits::sum),
        StoreMetric.counter("cache.misses", "", "Reads not answered from a cache", misses::sum),
        StoreMetric.gauge(
            "cache.blocks", "", "Blocks of objects that the caches hold", space::blocks),
        StoreMetric.counter(
            "cache.blocks.filled", "", "Blocks that caches took in", blocksFilled::sum),
        StoreMetric.counter("cache.filled", "", "Objects that caches took in", filled::sum),
        StoreMetric.counter(
            "cache.displaced", "", "Objects and blocks that went to make room", space::displaced));
  }
}
