/** The administrators' interface: JSON below {@code /-/admin/v1}. */
@NullMarked
package io.sluice.admin;

import org.jspecify.annotations.NullMarked;
