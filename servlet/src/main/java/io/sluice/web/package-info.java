/** The web application: filters in a straight line, two servlets, and what wires them. */
@NullMarked
package io.sluice.web;

import org.jspecify.annotations.NullMarked;
