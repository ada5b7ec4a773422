package io.sluice.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** An account in a document. Immutable. */
public record Owner(@JsonProperty("ID") String id, @Nullable String displayName) {}
