/** Who of an account somebody is, and the text of keys. */
@NullMarked
package io.sluice.auth.member;

import org.jspecify.annotations.NullMarked;
