/** The policy of a form: what may be posted, until when, as its signer says. */
@NullMarked
package io.sluice.auth.form;

import org.jspecify.annotations.NullMarked;
