/** Connections to a remote that are not tried while it does not answer. */
@NullMarked
package io.sluice.storage.remote.circuit;

import org.jspecify.annotations.NullMarked;
