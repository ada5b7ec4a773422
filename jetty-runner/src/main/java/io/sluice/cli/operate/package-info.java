/** Verbs of those who operate a gateway. */
@NullMarked
package io.sluice.cli.operate;

import org.jspecify.annotations.NullMarked;
