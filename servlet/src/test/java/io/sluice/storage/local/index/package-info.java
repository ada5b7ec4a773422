/** Tests of the index's keys and records. */
@NullMarked
package io.sluice.storage.local.index;

import org.jspecify.annotations.NullMarked;
