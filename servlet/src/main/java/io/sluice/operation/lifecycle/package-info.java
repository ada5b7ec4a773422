/** The operations on lifecycle rules and archives. */
@NullMarked
package io.sluice.operation.lifecycle;

import org.jspecify.annotations.NullMarked;
