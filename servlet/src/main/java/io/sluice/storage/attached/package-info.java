/** Buckets of several back ends under one roof: each name leads to where its bucket lives. */
@NullMarked
package io.sluice.storage.attached;

import org.jspecify.annotations.NullMarked;
