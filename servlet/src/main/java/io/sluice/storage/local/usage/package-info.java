/** What buckets and accounts take, how far they may grow, and how much room the disk has. */
@NullMarked
package io.sluice.storage.local.usage;

import org.jspecify.annotations.NullMarked;
