/** How back ends are combined into one, and what that takes; knows no back end. */
@NullMarked
package io.sluice.storage.compose;

import org.jspecify.annotations.NullMarked;
