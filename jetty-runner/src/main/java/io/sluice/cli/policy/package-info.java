/** Verbs about the policies of buckets. */
@NullMarked
package io.sluice.cli.policy;

import org.jspecify.annotations.NullMarked;
