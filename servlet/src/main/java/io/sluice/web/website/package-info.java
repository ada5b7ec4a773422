/** Buckets as websites. */
@NullMarked
package io.sluice.web.website;

import org.jspecify.annotations.NullMarked;
