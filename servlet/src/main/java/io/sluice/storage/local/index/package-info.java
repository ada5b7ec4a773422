/**
 * The index of the local store: RocksDB, its keys, its records and the rules by which versions of
 * keys change. The only package that knows RocksDB. Public for the packages beside it only.
 */
@NullMarked
package io.sluice.storage.local.index;

import org.jspecify.annotations.NullMarked;
