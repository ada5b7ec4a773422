/**
 * Immutable nouns of S3, validated when they are made. Depends on {@code error} and the JDK only.
 */
@NullMarked
package io.sluice.model;

import org.jspecify.annotations.NullMarked;
