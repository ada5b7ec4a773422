/** How the command line writes: tables, sizes, dates, progress. */
@NullMarked
package io.sluice.cli.text;

import org.jspecify.annotations.NullMarked;
