/** What holds for the whole gateway and may be changed while it runs. */
@NullMarked
package io.sluice.cluster;

import org.jspecify.annotations.NullMarked;
