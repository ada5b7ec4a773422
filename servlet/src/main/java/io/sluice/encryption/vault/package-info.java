/** Keys that another program keeps. */
@NullMarked
package io.sluice.encryption.vault;

import org.jspecify.annotations.NullMarked;
