/** Answers to browsers that ask on behalf of scripts from other origins. */
@NullMarked
package io.sluice.web.cors;

import org.jspecify.annotations.NullMarked;
