/** The storage contract: what every back end must do, stated in the SPI and tested here once. */
@NullMarked
package io.sluice.storage.contract;

import org.jspecify.annotations.NullMarked;
