/** The gateway as one process: an embedded Jetty and a command line. */
@NullMarked
package io.sluice.runner;

import org.jspecify.annotations.NullMarked;
