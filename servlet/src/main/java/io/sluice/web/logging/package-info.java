/** Server access logs: a record for each request, delivered as objects. */
@NullMarked
package io.sluice.web.logging;

import org.jspecify.annotations.NullMarked;
