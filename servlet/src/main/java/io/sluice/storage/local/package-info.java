/**
 * The embedded store: one data directory with a RocksDB index and immutable blob files. Formats,
 * and what a crash at each write point leaves, are in docs/LAYOUT.md.
 */
@NullMarked
package io.sluice.storage.local;

import org.jspecify.annotations.NullMarked;
