/** A page for administrators. */
@NullMarked
package io.sluice.web.console;

import org.jspecify.annotations.NullMarked;
