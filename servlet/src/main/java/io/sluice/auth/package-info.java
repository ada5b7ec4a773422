/**
 * Who is calling and whether the bytes are what was signed: pure functions, no servlet, no store.
 */
@NullMarked
package io.sluice.auth;

import org.jspecify.annotations.NullMarked;
