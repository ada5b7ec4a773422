/** Policies of buckets and their public access blocks. */
@NullMarked
package io.sluice.operation.policy;

import org.jspecify.annotations.NullMarked;
