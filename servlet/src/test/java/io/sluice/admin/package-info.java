/** Tests of the administrators' interface. */
@NullMarked
package io.sluice.admin;

import org.jspecify.annotations.NullMarked;
