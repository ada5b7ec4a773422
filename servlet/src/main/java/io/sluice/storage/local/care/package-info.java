/**
 * Care for a local store: the check of everything against everything, the scrubber that reads all
 * bytes in the background, and snapshots. Public for the package above only.
 */
@NullMarked
package io.sluice.storage.local.care;

import org.jspecify.annotations.NullMarked;
