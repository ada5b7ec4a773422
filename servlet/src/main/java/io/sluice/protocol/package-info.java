/** HTTP as typed values: target, query, headers, request, response. */
@NullMarked
package io.sluice.protocol;

import org.jspecify.annotations.NullMarked;
