/** What a back end that owns its bytes offers to keep them: checks, snapshots, the scrubber. */
@NullMarked
package io.sluice.storage.maintenance;

import org.jspecify.annotations.NullMarked;
