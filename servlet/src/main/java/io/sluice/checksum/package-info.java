/** The ten checksums of S3, computed while bytes stream past. Depends on {@code model}. */
@NullMarked
package io.sluice.checksum;

import org.jspecify.annotations.NullMarked;
