/** Forms as browsers upload them: {@code multipart/form-data}, read as a stream. */
@NullMarked
package io.sluice.protocol.form;

import org.jspecify.annotations.NullMarked;
