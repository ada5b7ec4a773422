/** What becomes of objects in time: lifecycle rules, who carries them out, and archives. */
@NullMarked
package io.sluice.lifecycle;

import org.jspecify.annotations.NullMarked;
