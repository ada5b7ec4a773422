/** The token service's servlet. */
@NullMarked
package io.sluice.web.sts;

import org.jspecify.annotations.NullMarked;
