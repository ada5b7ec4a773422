/** Operations that another S3 executes, as their requests were signed for it. */
@NullMarked
package io.sluice.operation.forward;

import org.jspecify.annotations.NullMarked;
