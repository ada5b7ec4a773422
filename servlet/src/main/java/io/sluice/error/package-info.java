/**
 * The one error taxonomy of all layers: S3's codes, and the exception that carries one. Depends on
 * nothing.
 */
@NullMarked
package io.sluice.error;

import org.jspecify.annotations.NullMarked;
