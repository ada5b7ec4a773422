/** Small files that the gateway keeps beside its store. */
@NullMarked
package io.sluice.file;

import org.jspecify.annotations.NullMarked;
