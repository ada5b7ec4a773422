/** The raw URI's grammar: percent coding and query strings. Depends on {@code error}. */
@NullMarked
package io.sluice.uri;

import org.jspecify.annotations.NullMarked;
