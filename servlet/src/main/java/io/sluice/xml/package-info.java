/** XML documents in and out: one hardened mapper, and the documents with more than one user. */
@NullMarked
package io.sluice.xml;

import org.jspecify.annotations.NullMarked;
