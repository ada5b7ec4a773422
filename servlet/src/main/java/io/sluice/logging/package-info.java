/** The logs of the gateway itself: levels and form, behind SLF4J's facade. */
@NullMarked
package io.sluice.logging;

import org.jspecify.annotations.NullMarked;
