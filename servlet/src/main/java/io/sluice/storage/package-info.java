/** The storage SPI: what a back end must do, stated once here and tested once in the contract. */
@NullMarked
package io.sluice.storage;

import org.jspecify.annotations.NullMarked;
