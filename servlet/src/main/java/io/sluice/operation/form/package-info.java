/** The upload of a form. */
@NullMarked
package io.sluice.operation.form;

import org.jspecify.annotations.NullMarked;
