/** What a store needs of keys to encrypt and decrypt: data keys, and how they are wrapped. */
@NullMarked
package io.sluice.storage.encryption;

import org.jspecify.annotations.NullMarked;
