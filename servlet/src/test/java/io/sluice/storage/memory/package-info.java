/** A store in memory: the plain model of the SPI that tests compare and handlers run against. */
@NullMarked
package io.sluice.storage.memory;

import org.jspecify.annotations.NullMarked;
