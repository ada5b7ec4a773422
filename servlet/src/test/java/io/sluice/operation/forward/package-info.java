@NullMarked
package io.sluice.operation.forward;

import org.jspecify.annotations.NullMarked;
