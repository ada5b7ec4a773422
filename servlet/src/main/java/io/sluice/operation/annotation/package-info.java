/** The operations on annotations of objects. */
@NullMarked
package io.sluice.operation.annotation;

import org.jspecify.annotations.NullMarked;
