/** AWS's Security Token Service, as far as it is here: who am I, and keys that live for a while. */
@NullMarked
package io.sluice.sts;

import org.jspecify.annotations.NullMarked;
