/** Requests that were signed for a remote, sent to it as they are. */
@NullMarked
package io.sluice.storage.remote.forward;

import org.jspecify.annotations.NullMarked;
