/** Whether the gateway works, and whether its container lets it. */
@NullMarked
package io.sluice.web.health;

import org.jspecify.annotations.NullMarked;
