/** Tests of what becomes of objects in time. */
@NullMarked
package io.sluice.lifecycle;

import org.jspecify.annotations.NullMarked;
