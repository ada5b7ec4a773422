/** Each field of AWS's model: honoured, refused, or without effect for a reason that is written. */
@NullMarked
package io.sluice.operation.field;

import org.jspecify.annotations.NullMarked;
