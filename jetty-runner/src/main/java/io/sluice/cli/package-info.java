/** The command line of users and administrators: one file for each verb. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
