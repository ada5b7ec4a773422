/** Verbs about accounts, users, keys and what they may do. */
@NullMarked
package io.sluice.cli.account;

import org.jspecify.annotations.NullMarked;
