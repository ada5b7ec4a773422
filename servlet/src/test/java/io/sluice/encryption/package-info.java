@NullMarked
package io.sluice.encryption;

import org.jspecify.annotations.NullMarked;
