/** Choices that callers of the storage SPI make, as values. */
@NullMarked
package io.sluice.storage.option;

import org.jspecify.annotations.NullMarked;
