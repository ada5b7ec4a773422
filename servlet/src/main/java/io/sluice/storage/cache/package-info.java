/** A cache of whole objects between readers and a back end that is far away. */
@NullMarked
package io.sluice.storage.cache;

import org.jspecify.annotations.NullMarked;
