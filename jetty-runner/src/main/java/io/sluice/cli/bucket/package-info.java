/** Verbs about buckets. */
@NullMarked
package io.sluice.cli.bucket;

import org.jspecify.annotations.NullMarked;
