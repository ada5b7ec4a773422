/** Tests of the local store. */
@NullMarked
package io.sluice.storage.local;

import org.jspecify.annotations.NullMarked;
