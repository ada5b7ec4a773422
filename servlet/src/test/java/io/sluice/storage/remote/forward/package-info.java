@NullMarked
package io.sluice.storage.remote.forward;

import org.jspecify.annotations.NullMarked;
