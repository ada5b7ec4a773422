/** Immutable blob files of the local store: written once, verified when read, deleted when free. */
@NullMarked
package io.sluice.storage.local.blob;

import org.jspecify.annotations.NullMarked;
