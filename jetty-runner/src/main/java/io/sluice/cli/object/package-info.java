/** Verbs about objects. */
@NullMarked
package io.sluice.cli.object;

import org.jspecify.annotations.NullMarked;
