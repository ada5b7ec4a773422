@NullMarked
package io.sluice.storage.option;

import org.jspecify.annotations.NullMarked;
