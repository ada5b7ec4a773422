/** Tests of what is known of room. */
@NullMarked
package io.sluice.storage.local.usage;

import org.jspecify.annotations.NullMarked;
