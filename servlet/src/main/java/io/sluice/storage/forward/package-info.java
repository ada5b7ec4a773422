/** Requests that were signed for another S3, sent there as they are. */
@NullMarked
package io.sluice.storage.forward;

import org.jspecify.annotations.NullMarked;
