@NullMarked
package io.sluice.operation.encryption;

import org.jspecify.annotations.NullMarked;
