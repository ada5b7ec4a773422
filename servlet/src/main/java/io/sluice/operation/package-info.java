/** The table of S3 operations, the router over it, and what a handler is. */
@NullMarked
package io.sluice.operation;

import org.jspecify.annotations.NullMarked;
