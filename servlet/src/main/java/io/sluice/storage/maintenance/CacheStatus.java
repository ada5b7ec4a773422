package io.sluice.storage.maintenance;

/**
 * A cache as it stands; what is counted is counted since it was opened. Immutable.
 *
 * @param provider the provider of buckets that it is for; empty when nobody named it
 * @param capacityBytes what it may hold
 * @param highWatermarkBytes above which what was not read for longest goes
 * @param lowWatermarkBytes until it is down to this
 * @param bytes what it holds
 * @param objects how many objects it holds
 * @param hits reads that were answered from it
 * @param misses reads that were not
 * @param filling objects that are being read into it
 * @param filled objects that it took in
 * @param displaced objects that went to make room
 * @param unfilled objects that it was to take in by itself and did not: too many, or they failed
 */
public record CacheStatus(
    String provider,
    long capacityBytes,
    long highWatermarkBytes,
    long lowWatermarkBytes,
    long bytes,
    long objects,
    long hits,
    long misses,
    long filling,
    long filled,
    long displaced,
    long unfilled) {
  /** The same by the name of its provider. */
  public CacheStatus of(String name) {
    return new CacheStatus(
        name,
        capacityBytes,
        highWatermarkBytes,
        lowWatermarkBytes,
        bytes,
        objects,
        hits,
        misses,
        filling,
        filled,
        displaced,
        unfilled);
  }
}
