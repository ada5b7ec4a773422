/** Verbs about what holds for the whole gateway. */
@NullMarked
package io.sluice.cli.config;

import org.jspecify.annotations.NullMarked;
