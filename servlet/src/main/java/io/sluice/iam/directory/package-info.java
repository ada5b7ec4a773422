/** Accounts, users, keys and policies that are made while the gateway runs. */
@NullMarked
package io.sluice.iam.directory;

import org.jspecify.annotations.NullMarked;
