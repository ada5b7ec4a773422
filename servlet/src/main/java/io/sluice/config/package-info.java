/** The settings: one properties file, the environment and the command line, typed. JDK only. */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
