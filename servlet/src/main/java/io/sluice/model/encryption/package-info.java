/** How an object's bytes are encrypted, as far as clients are told. */
@NullMarked
package io.sluice.model.encryption;

import org.jspecify.annotations.NullMarked;
